import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { DomainError, type UserErrorCode } from '../../../core/errors.js';
import { Log } from '../../../platform/observability/log.js';
import { currentRequest } from '../../../platform/observability/request-context.js';

/** RFC 7644, 3.12. */
const ERRORS: Readonly<Record<UserErrorCode, { readonly status: number; readonly scimType?: string }>> = {
  INVALID: { status: 400, scimType: 'invalidValue' },
  FORBIDDEN: { status: 403 },
  NOT_FOUND: { status: 404 },
  CONFLICT: { status: 409, scimType: 'uniqueness' },
  UNAVAILABLE: { status: 503 },
};

/** Errors in the form of SCIM; what is our fault is masked and logged. */
@Catch()
export class ScimErrorsFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) return;
    const { status, scimType, detail } = this.answer(error);
    response
      .status(status)
      .type('application/scim+json')
      .send(JSON.stringify(scimError(status, detail, scimType)));
  }

  private answer(error: unknown): { status: number; scimType?: string; detail: string } {
    if (error instanceof DomainError) {
      const isFilter = error.field?.[0] === 'filter';
      return { ...ERRORS[error.code], ...(isFilter && { scimType: 'invalidFilter' }), detail: error.message };
    }
    if (error instanceof HttpException) return { status: error.getStatus(), detail: error.message };
    this.log.error('A SCIM request failed.', { error });
    const detail = `Something went wrong on our side. Request id: ${currentRequest()?.id ?? 'unknown'}`;
    return { status: 500, detail };
  }
}

function scimError(status: number, detail: string, scimType?: string): object {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
  return { schemas, status: String(status), detail, ...(scimType === undefined ? {} : { scimType }) };
}
