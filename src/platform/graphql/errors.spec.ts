import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { Invalid, NotFound } from '../../core/errors.js';
import { Log } from '../observability/log.js';
import { withRequest } from '../observability/request-context.js';
import { errorFormatter } from './errors.js';

function format(original: Error, extensions: Record<string, unknown> = { code: 'INTERNAL_SERVER_ERROR' }) {
  const lines: string[] = [];
  const log = new Log({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  const error = new GraphQLError(original.message, { path: ['asset'], originalError: original });
  const shown = { message: original.message, path: ['asset'], extensions };
  const result = withRequest({ id: 'request-1' }, () => errorFormatter(log)(shown, error));
  return { result, lines };
}

describe('errorFormatter', () => {
  it('shows what a person can act on, with code and field', () => {
    expect(format(new Invalid('Give a name.', ['input', 'name']))).toEqual({
      result: { path: ['asset'], message: 'Give a name.', extensions: { code: 'INVALID', field: ['input', 'name'] } },
      lines: [],
    });
    expect(format(new NotFound('No such asset.')).result.extensions).toEqual({ code: 'NOT_FOUND' });
  });

  it('masks everything else and logs it with the request id', () => {
    const { result, lines } = format(new TypeError('password=hunter2 in /srv/secret.ts'), {
      code: 'INTERNAL_SERVER_ERROR',
      stacktrace: ['at /srv/secret.ts:1'],
    });
    expect(result).toEqual({
      path: ['asset'],
      message: 'Something went wrong on our side. Request id: request-1',
      extensions: { code: 'INTERNAL', requestId: 'request-1' },
    });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'error', requestId: 'request-1', path: 'asset' });
  });

  it('masks a foreign error that carries a code of ours', () => {
    const foreign = Object.assign(new Error('inside'), { extensions: { code: 'BAD_REQUEST' } });
    expect(format(foreign, { code: 'BAD_REQUEST' }).result.message).not.toContain('inside');
  });

  it('keeps errors of the request and drops a stack', () => {
    const log = new Log({ level: 'error', destination: { write: () => undefined } });
    const error = new GraphQLError('Cannot query field "x".');
    const shown = { message: error.message, extensions: { code: 'GRAPHQL_VALIDATION_FAILED', stacktrace: ['at …'] } };
    expect(errorFormatter(log)(shown, error)).toEqual({
      message: 'Cannot query field "x".',
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  });
});
