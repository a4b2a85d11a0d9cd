export type UserErrorCode = 'INVALID' | 'NOT_FOUND' | 'FORBIDDEN' | 'CONFLICT' | 'UNAVAILABLE';

/** What a person can act on. Mapped once, at the edge, to `userErrors`, a GraphQL error code or an HTTP status. */
export abstract class DomainError extends Error {
  abstract readonly code: UserErrorCode;

  constructor(
    message: string,
    /** Path of the input field at fault, outermost first. */
    readonly field?: readonly string[],
  ) {
    super(message);
    this.name = new.target.name;
  }
}

export class Invalid extends DomainError {
  readonly code = 'INVALID';
}

/** Also thrown for what the actor may not see: hidden equals missing. */
export class NotFound extends DomainError {
  readonly code = 'NOT_FOUND';
}

export class Forbidden extends DomainError {
  readonly code = 'FORBIDDEN';
}

export class Conflict extends DomainError {
  readonly code = 'CONFLICT';
}

/** Something that the service asks does not answer; everything else goes on, and the same request may do later. */
export class Unavailable extends DomainError {
  readonly code = 'UNAVAILABLE';
}
