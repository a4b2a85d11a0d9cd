import { AsyncLocalStorage } from 'node:async_hooks';

export interface RequestContext {
  /** Sent back as X-Request-Id and printed on every log line of the request. */
  readonly id: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function withRequest<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}
