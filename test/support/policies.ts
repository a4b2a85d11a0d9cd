import type { TestApp } from './app.js';

/** Administrators may do everything but ask why. */
export const ADMINISTRATORS = {
  id: 'administrators',
  title: 'Administrators may do everything',
  why: 'test',
  effect: 'allow',
  band: 'platform',
  actions: ['discover', 'edit', 'read_column', 'ingest', 'manage_policies', 'manage_accounts', 'read_audit', 'operate'],
  subjects: { attribute: 'roles', operator: 'hasAny', value: ['admin'] },
  resources: { types: ['asset', 'column', 'system'] },
};

/** Administrators may do everything; the role `ingestor` may send; everybody sees what carries no tag `hidden`. */
export const HIDDEN_BY_TAG = [
  ADMINISTRATORS,
  {
    id: 'ingestors',
    title: 'Ingestors may send',
    why: 'test',
    effect: 'allow',
    actions: ['ingest'],
    subjects: { attribute: 'roles', operator: 'hasAny', value: ['ingestor'] },
    resources: { types: ['system'] },
  },
  {
    id: 'not-hidden',
    title: 'Everybody sees what is not hidden',
    why: 'test',
    effect: 'allow',
    actions: ['discover', 'read_column'],
    resources: {
      types: ['asset', 'column'],
      where: { not: { attribute: 'tags', operator: 'hasAny', value: ['hidden'] } },
    },
  },
];

/** Puts policy documents in force, as the administrator. @throws when they are refused. */
export async function applyPolicies(test: TestApp, documents: object): Promise<void> {
  const { policySetApply } = await test
    .as('admin')
    .graphql<{ policySetApply: { userErrors: { message: string }[] } }>(
      'mutation($d: JSON!) { policySetApply(documents: $d) { userErrors { message } } }',
      { d: documents },
    );
  const [error] = policySetApply.userErrors;
  if (error) throw new Error(error.message);
}
