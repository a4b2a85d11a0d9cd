import { DomainError } from '../../core/errors.js';

/** What a caller of a mutation can correct. */
export interface UserErrorView {
  readonly message: string;
  readonly code: string;
  readonly field: readonly string[] | null;
}

type Payload<Result> = (Result | object) & { readonly userErrors: readonly UserErrorView[] };

/**
 * The outcome of a mutation: what it made, or what the caller can correct; anything else is thrown on.
 * `otherwise` fills non-null fields of the payload in the second case.
 */
export async function asPayload<Result extends object>(
  work: () => Promise<Result>,
  otherwise: Partial<Result> = {},
): Promise<Payload<Result>> {
  try {
    return { ...(await work()), userErrors: [] };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { message, code, field } = error;
    return { ...otherwise, userErrors: [{ message, code, field: field ?? null }] };
  }
}
