import { describe, expect, it } from 'vitest';
import type { Residual } from './condition.js';
import { meilisearchFinds } from './meilisearch-filter.testing.js';
import { quote, searchToken, toSearchFilter } from './search-filter.js';

describe('toSearchFilter', () => {
  it('asks for presence where the engine would not', () => {
    const condition: Residual = { not: { attribute: 'asset.platform', operator: 'ne', value: 'x' } };
    expect(toSearchFilter(condition)).toBe(
      `(NOT (acl_asset_platform EXISTS AND acl_asset_platform IS NOT NULL AND acl_asset_platform != "${searchToken('x')}"))`,
    );
  });

  it('can say everything and nothing', () => {
    expect(meilisearchFinds(toSearchFilter(true), { acl_type: 'asset' })).toBe(true);
    expect(meilisearchFinds(toSearchFilter(false), { acl_type: 'asset' })).toBe(false);
  });
});

describe('searchToken', () => {
  it('keeps apart what the engine folds, and is short and no number', () => {
    expect(searchToken('PII')).not.toBe(searchToken('pii'));
    expect(searchToken('x'.repeat(1000))).toMatch(/^t[0-9a-f]{32}$/);
  });
});

describe('quote', () => {
  it.each([
    ['plain', '"plain"'],
    [`a"b`, String.raw`"a\"b"`],
    ['a\\', String.raw`"a\\"`],
    [`a'b`, `"a'b"`],
  ])('%j is %s', (text, literal) => {
    expect(quote(text)).toBe(literal);
    expect(meilisearchFinds(`field = ${literal}`, { field: text })).toBe(true);
  });
});
