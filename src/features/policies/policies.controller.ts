import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Invalid } from '../../core/errors.js';
import { actorOf } from '../../platform/auth/authentication.middleware.js';
import { canonicalJson } from '../../platform/canonical-json.js';
import { PoliciesService } from './policies.service.js';

/** Policy sets to keep elsewhere: what is exported and applied again is exported the same, byte by byte. */
@Controller('api/v1/policies')
export class PoliciesController {
  constructor(private readonly policies: PoliciesService) {}

  /** Canonical JSON (RFC 8785) of the set in force, or of a version; its SHA-256 is the `contentHash`. */
  @Get()
  async download(
    @Req() request: Request,
    @Res() response: Response,
    @Query('version') version?: string,
  ): Promise<void> {
    const actor = actorOf(request);
    const set =
      version === undefined ? await this.policies.active(actor) : await this.policies.get(actor, numberOf(version));
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.send(canonicalJson(set.documents));
  }
}

function numberOf(version: string): number {
  if (/^\d{1,9}$/.test(version)) return Number(version);
  throw new Invalid(`'version' is the number of a policy set, not '${version.slice(0, 50)}'.`, ['version']);
}
