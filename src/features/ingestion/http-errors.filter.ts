import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DomainError, type UserErrorCode } from '../../core/errors.js';
import { Log } from '../../platform/observability/log.js';
import { currentRequest } from '../../platform/observability/request-context.js';
import { Busy } from './ingestion.service.js';
import { TooLarge } from './request-body.js';

const STATUS: Record<UserErrorCode, number> = {
  INVALID: 400,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  UNAVAILABLE: 503,
};

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly field?: readonly string[];
  readonly requestId?: string;
}

/** REST errors: what the sender can mend is said with its field; everything else is masked and logged. */
@Catch()
export class HttpErrorsFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): unknown {
    // GraphQL has its own (platform/graphql/errors.ts); an error that is returned reaches it, and Nest does not log it.
    if (host.getType<string>() !== 'http') return error;
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    if (response.headersSent) return undefined;
    const { status, ...body } = this.answer(error);
    if (status === 503) response.setHeader('Retry-After', '2');
    response.status(status).json(bodyFor(http.getRequest<Request>(), body));
    return undefined;
  }

  private answer(error: unknown): Answer {
    if (error instanceof DomainError) {
      const field = error.field ? { field: error.field } : {};
      return { status: STATUS[error.code], code: error.code, message: error.message, ...field };
    }
    if (error instanceof TooLarge) return { status: 413, code: 'TOO_LARGE', message: error.message };
    if (error instanceof Busy) return { status: 503, code: 'BUSY', message: error.message };
    if (error instanceof HttpException) return { status: error.getStatus(), code: 'HTTP', message: error.message };
    this.log.error('A request failed.', { error });
    const id = currentRequest()?.id ?? 'unknown';
    const message = `Something went wrong on our side. Request id: ${id}`;
    return { status: 500, code: 'INTERNAL', message, requestId: id };
  }
}

/** What fails before GraphQL begins is told in its form all the same: its clients look for `errors`. */
function bodyFor({ path }: Request, error: Omit<Answer, 'status'>): object {
  if (path !== '/graphql') return { error };
  const { message, ...extensions } = error;
  return { errors: [{ message, extensions }] };
}
