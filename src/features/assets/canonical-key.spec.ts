import { describe, expect, it } from 'vitest';
import { canonicalKey, isSameSpelling } from './canonical-key.js';

const dataset = (namespace: string, name: string) => ({ kind: 'DATASET' as const, namespace, name });

describe('canonicalKey', () => {
  it.each([
    ['the scheme', dataset('s3a://lake', 'a/b'), dataset('s3://lake', 'a/b')],
    ['the default port', dataset('postgres://db.example', 'x'), dataset('postgresql://db.example:5432', 'x')],
    ['the case of a host', dataset('postgres://DB.Example:5432', 'x'), dataset('postgres://db.example:5432', 'x')],
    ['a slash at the end', dataset('hdfs://nn:8020/', '/a/b/'), dataset('hdfs://nn:8020', '/a/b')],
  ])('knows two spellings that differ in %s as one name', (_, a, b) => {
    expect(canonicalKey(a)).toEqual(canonicalKey(b));
    expect(isSameSpelling(a, b)).toBe(true);
  });

  it('folds the case of names where the store does, and remembers that this may be wrong', () => {
    const upper = dataset('snowflake://org-acc', 'DB.SALES.ORDERS');
    const lower = dataset('snowflake://org-acc', 'db.sales.orders');
    expect(canonicalKey(upper)).toEqual(canonicalKey(lower));
    expect(isSameSpelling(upper, lower)).toBe(false);
  });

  it.each([
    ['names in a store that tells case apart', dataset('s3://lake', 'A'), dataset('s3://lake', 'a')],
    ['names in BigQuery', dataset('bigquery', 'p.d.T'), dataset('bigquery', 'p.d.t')],
    ['two ports', dataset('postgres://db:5432', 'x'), dataset('postgres://db:5433', 'x')],
    ['two buckets', dataset('s3://Lake', 'x'), dataset('s3://lake', 'x')],
    ['two brokers of a list', dataset('kafka://a:1,b:2', 'x'), dataset('kafka://a:1', 'x')],
    ['the root folder and nothing', dataset('file', '/'), dataset('file', 'x')],
  ])('keeps %s apart', (_, a, b) => {
    expect(canonicalKey(a)).not.toEqual(canonicalKey(b));
  });

  it('gives jobs one spelling only', () => {
    expect(canonicalKey({ kind: 'JOB', namespace: 'airflow', name: 'a.b' })).toBeNull();
  });
});
