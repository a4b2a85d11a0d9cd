/** One entry of the append-only change log, before it has a position. */
export interface ChangeEvent {
  /** Dotted, past tense: `asset.changed`, `policySet.activated`. */
  readonly type: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly detail?: Readonly<Record<string, unknown>>;
}
