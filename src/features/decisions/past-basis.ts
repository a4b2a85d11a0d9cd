/** What an answer about the past rests on. */
export interface PastBasis {
  readonly at: Date;
  /** Version of the policy set in force then; 0: none was. */
  readonly policyVersion: number;
  /** What is as it was. */
  readonly ofThen: readonly string[];
  /** What no history is kept of. */
  readonly ofToday: readonly string[];
}

export function pastBasis(at: Date, policyVersion: number): PastBasis {
  return {
    at,
    policyVersion,
    ofThen: [
      'policy set',
      'validity of rules',
      'grants',
      'tags, terms, owners, domain, sensitivity, lifecycle and columns of the asset',
    ],
    ofToday: [
      'which accounts there are',
      'their roles, teams and attributes',
      'names that stand for one asset, and ranks of sources',
    ],
  };
}
