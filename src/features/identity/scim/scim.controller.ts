import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
  UseFilters,
} from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../../../core/actor.js';
import { Forbidden } from '../../../core/errors.js';
import { Access } from '../../../platform/access/access.js';
import { SCIM_SCOPE } from '../../../platform/access/scopes.js';
import { actorOf } from '../../../platform/auth/authentication.middleware.js';
import { ScimErrorsFilter } from './scim-errors.filter.js';
import { groupView } from './scim-group.js';
import { ScimGroups } from './scim-groups.service.js';
import { pageOf } from './scim-list.js';
import { listResponse, outgoing, selectionOf, type ScimType } from './scim-resources.js';
import { userView } from './scim-user.js';
import { ScimUsers } from './scim-users.service.js';

const SCIM_JSON = 'application/scim+json; charset=utf-8';

interface Asked {
  readonly filter?: string;
  readonly startIndex?: string;
  readonly count?: string;
  readonly attributes?: string;
  readonly excludedAttributes?: string;
}

/** SCIM 2.0 (RFC 7644): an identity provider makes, changes and ends people and groups. */
@Controller('scim/v2')
@UseFilters(ScimErrorsFilter)
export class ScimController {
  constructor(
    private readonly access: Access,
    private readonly people: ScimUsers,
    private readonly teams: ScimGroups,
  ) {}

  @Get('Users')
  @Header('Content-Type', SCIM_JSON)
  async users(@Req() request: Request, @Query() asked: Asked): Promise<object> {
    await this.provisioner(request);
    const page = pageOf(asked.startIndex, asked.count);
    const { rows, totalResults } = await this.people.list(textOf(asked.filter), page);
    const shown = rows.map((row) => show('User', userView(row), asked));
    return listResponse(shown, { startIndex: page.startIndex, totalResults });
  }

  @Get('Users/:id')
  @Header('Content-Type', SCIM_JSON)
  async user(@Req() request: Request, @Param('id') id: string, @Query() asked: Asked): Promise<object> {
    await this.provisioner(request);
    return show('User', userView(await this.people.get(id)), asked);
  }

  @Post('Users')
  @Header('Content-Type', SCIM_JSON)
  async createUser(@Req() request: Request, @Body() body: unknown): Promise<object> {
    return show('User', userView(await this.people.create(await this.provisioner(request), body)));
  }

  @Put('Users/:id')
  @Header('Content-Type', SCIM_JSON)
  async replaceUser(@Req() request: Request, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    return show('User', userView(await this.people.replace(await this.provisioner(request), id, body)));
  }

  @Patch('Users/:id')
  @Header('Content-Type', SCIM_JSON)
  async patchUser(@Req() request: Request, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    return show('User', userView(await this.people.patch(await this.provisioner(request), id, body)));
  }

  @Delete('Users/:id')
  @HttpCode(204)
  async removeUser(@Req() request: Request, @Param('id') id: string): Promise<void> {
    await this.people.remove(await this.provisioner(request), id);
  }

  @Get('Groups')
  @Header('Content-Type', SCIM_JSON)
  async groups(@Req() request: Request, @Query() asked: Asked): Promise<object> {
    await this.provisioner(request);
    const page = pageOf(asked.startIndex, asked.count);
    const { rows, totalResults } = await this.teams.list(textOf(asked.filter), page);
    const shown = rows.map((row) => show('Group', groupView(row), asked));
    return listResponse(shown, { startIndex: page.startIndex, totalResults });
  }

  @Get('Groups/:id')
  @Header('Content-Type', SCIM_JSON)
  async group(@Req() request: Request, @Param('id') id: string, @Query() asked: Asked): Promise<object> {
    await this.provisioner(request);
    return show('Group', groupView(await this.teams.get(id)), asked);
  }

  @Post('Groups')
  @Header('Content-Type', SCIM_JSON)
  async createGroup(@Req() request: Request, @Body() body: unknown): Promise<object> {
    return show('Group', groupView(await this.teams.create(await this.provisioner(request), body)));
  }

  @Put('Groups/:id')
  @Header('Content-Type', SCIM_JSON)
  async replaceGroup(@Req() request: Request, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    return show('Group', groupView(await this.teams.replace(await this.provisioner(request), id, body)));
  }

  @Patch('Groups/:id')
  @Header('Content-Type', SCIM_JSON)
  async patchGroup(@Req() request: Request, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    return show('Group', groupView(await this.teams.patch(await this.provisioner(request), id, body)));
  }

  @Delete('Groups/:id')
  @HttpCode(204)
  async removeGroup(@Req() request: Request, @Param('id') id: string): Promise<void> {
    await this.teams.remove(await this.provisioner(request), id);
  }

  /** The token is for provisioning and nothing else; its account must have the right all the same. @throws Forbidden */
  private async provisioner(request: Request): Promise<Actor> {
    const actor = actorOf(request);
    if (!actor.token?.scopes?.includes(SCIM_SCOPE))
      throw new Forbidden("This takes a token with the scope 'scim': tokenCreate(input: { scopes: [scim], … }).");
    const account = { ...actor, token: null };
    (await this.access.forActor(account)).require('manage_accounts', { type: 'system' });
    return account;
  }
}

/** As JSON, because what the library answers keeps what was not asked for behind its back. `schemas` is always there. */
function show(type: ScimType, resource: object, asked: Asked = {}): object {
  const selection = selectionOf(textOf(asked.attributes) ?? undefined, textOf(asked.excludedAttributes) ?? undefined);
  const { schemas } = outgoing(type, resource);
  return { schemas, ...(JSON.parse(JSON.stringify(outgoing(type, resource, selection))) as object) };
}

/** A parameter that is given twice is a list: it says nothing that could be followed. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
