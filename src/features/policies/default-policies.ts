/** What an empty installation begins with: deny by default, and somebody who can change that. */
export const DEFAULT_POLICIES = [
  {
    id: 'administrators',
    title: 'Administrators may do everything',
    why: 'Somebody has to write the first policy.',
    effect: 'allow',
    band: 'platform',
    actions: [
      'discover',
      'edit',
      'preview',
      'query',
      'read_column',
      'preview_column',
      'query_column',
      'ingest',
      'manage_policies',
      'manage_accounts',
      'read_audit',
      'explain',
      'operate',
    ],
    subjects: { attribute: 'roles', operator: 'hasAny', value: ['admin'] },
    resources: { types: ['asset', 'column', 'system'] },
    tests: [
      {
        actor: { roles: ['admin'] },
        action: 'manage_policies',
        resource: { type: 'system' },
        expect: 'ALLOW',
        decidedBy: 'administrators',
      },
      { actor: { roles: [] }, action: 'discover', resource: { type: 'asset' }, expect: 'DENY' },
    ],
  },
] as const;
