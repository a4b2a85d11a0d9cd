import type { TestApp } from './app.js';

/** Projects everything anew and waits for it. */
export async function rebuildCatalog(test: TestApp): Promise<void> {
  const admin = test.as('admin');
  await admin.graphql('mutation { catalogRebuild { isScheduled userErrors { message } } }');
  for (;;) {
    const { operations } = await admin.graphql<{ operations: { isRebuilding: boolean } }>(
      '{ operations { isRebuilding } }',
    );
    if (!operations.isRebuilding) return test.settle();
  }
}
