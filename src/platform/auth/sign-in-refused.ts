/** Why somebody cannot come in, in words that he may read: nothing of the secret, nothing about others. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';

  constructor(
    message: string,
    /** What was seen of him, for the audit log. */
    readonly who = 'nobody',
  ) {
    super(message);
  }
}
