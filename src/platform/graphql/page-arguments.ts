import { Invalid } from '../../core/errors.js';
import type { PageRequest } from '../../core/page.js';

/** The arguments `first` and `after` of a list. @throws {Invalid} unless `first` is 1–100. */
export function pageRequest(first: number | null | undefined, after: string | null | undefined): PageRequest {
  const size = first ?? 20;
  if (size < 1 || size > 100) throw new Invalid(`first is 1–100, not ${size}.`, ['first']);
  return { first: size, after: after ?? null };
}
