import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { MESSAGES, send } from '../support/file-messages.js';

describe('sources in any order', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());

  const rebuild = async (): Promise<void> => {
    await test.as('admin').graphql('mutation { catalogRebuild { isScheduled } }');
    for (let isDone = false; !isDone;) {
      const answer = await test
        .as('admin')
        .graphql<{ operations: { isRebuilding: boolean } }>('{ operations { isRebuilding } }');
      isDone = !answer.operations.isRebuilding;
    }
    await test.settle();
  };

  it('end in one catalog, as does a rebuild', async () => {
    const dumps = new Set<string>();
    const repeated = [...MESSAGES, ...MESSAGES.slice(0, 5)];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(repeated, { minLength: repeated.length }), async (messages) => {
        await test.database.query(
          'TRUNCATE asset, raw_event, source_sync, source_record, lineage_edge, lineage_statement, lineage_flow_set, run CASCADE',
        );
        await send(test, messages);
        dumps.add(await test.as('admin').dump());
        expect(dumps.size).toBe(1);
      }),
      { numRuns: 5 },
    );
    await rebuild();
    dumps.add(await test.as('admin').dump());
    expect(dumps.size).toBe(1);
    expect([...dumps][0]).toContain('By contract.');
  });
});
