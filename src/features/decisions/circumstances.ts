import type { Actor } from '../../core/actor.js';
import { NOT_KNOWN, readEnvironment, under } from '../../platform/access/environment.js';

/** What a question says of the circumstances (AuthZEN 1.0 section 5.4): `ip`, `purpose`, `channel`; other keys are left alone. */
export type Context = object | null | undefined;

/** Whoever asks, as far as it matters here. */
export interface Asking {
  readonly asker: Actor;
  /** May ask about everybody. */
  readonly mayAskAll: boolean;
}

/**
 * A subject under the circumstances in which he is to be judged. Whoever may ask about everybody says them; the others ask
 * about themselves, as they are: what they could do elsewhere would tell what is hidden here.
 */
export function underContext({ asker, mayAskAll }: Asking, subject: Actor, context: Context): Actor {
  const own = subject.id === asker.id ? asker.environment : undefined;
  if (!context || !mayAskAll) return under(subject, own);
  return under(subject, { ...NOT_KNOWN, ...own, ...readEnvironment(context) });
}
