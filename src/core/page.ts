/** One page of a keyset-paged list. `endCursor` is opaque to clients. */
export interface Page<T> {
  readonly nodes: readonly T[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** `first` is 1–100; `after` is the `endCursor` of the page before. */
export interface PageRequest {
  readonly first: number;
  readonly after: string | null;
}
