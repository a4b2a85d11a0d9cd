import { describe, expect, it } from 'vitest';
import { Naming } from './naming.js';
import { parseUrn, plainPath } from './urn.js';

const urn = (text: string): NonNullable<ReturnType<typeof parseUrn>> => {
  const found = parseUrn(text);
  if (!found) throw new Error(`${text} is no URN`);
  return found;
};

describe('parseUrn', () => {
  it('takes ids, tuples and tuples within tuples', () => {
    expect(urn('urn:li:tag:a:b (c)')).toMatchObject({ type: 'tag', parts: ['a:b (c)'] });
    expect(urn('urn:li:dataset:(urn:li:dataPlatform:x,a%2Cb %28c%29,PROD)').parts).toEqual([
      'urn:li:dataPlatform:x',
      'a,b (c)',
      'PROD',
    ]);
    expect(urn('urn:li:dataJob:(urn:li:dataFlow:(airflow,f,prod),t)').parts).toEqual([
      'urn:li:dataFlow:(airflow,f,prod)',
      't',
    ]);
    expect(urn('urn:li:schemaField:(urn:li:dataset:(urn:li:dataPlatform:x,a%2Cb,PROD),c)').parts[0]).toBe(
      'urn:li:dataset:(urn:li:dataPlatform:x,a%2Cb,PROD)',
    );
  });

  it('refuses what is none', () => {
    for (const text of [null, 7, '', 'urn:li:', 'urn:x:tag:a', 'tag:a', `urn:li:tag:${'x'.repeat(512)}`])
      expect(parseUrn(text)).toBeNull();
  });
});

describe('plainPath', () => {
  it.each([
    ['amount', 'amount'],
    ['address.city', 'address.city'],
    ['[version=2.0].[type=boolean].is_open', 'is_open'],
    ['[version=2.0].[type=struct].[type=array].[type=struct].lines.[type=long].count', 'lines.count'],
    ['[version=2.0].[key=True].[type=string]', 'key.value'],
    ['[version=2.0].[type=string]', 'value'],
    ['[a].b', '[a].b'],
  ])('%s is %s', (given, expected) => expect(plainPath(given)).toBe(expected));
});

describe('Naming', () => {
  const naming = new Naming({
    snowflake: 'snowflake://main',
    'snowflake/eu': 'snowflake://eu',
    'snowflake/eu/DEV': 'snowflake://eu-dev',
    's3/acme': 's3://',
    airflow: 'airflow://prod',
  });
  const dataset = (platform: string, name: string, fabric = 'PROD'): string | null => {
    const named = naming.dataset(urn(`urn:li:dataset:(urn:li:dataPlatform:${platform},${name},${fabric})`));
    return named && `${named.namespace} ${named.name}`;
  };

  it('puts tables where the sender says, by platform, instance and fabric', () => {
    expect(dataset('snowflake', 'a.b.c')).toBe('snowflake://main a.b.c');
    expect(dataset('snowflake', 'eu.a.b.c')).toBe('snowflake://eu a.b.c');
    expect(dataset('snowflake', 'eu.a.b.c', 'DEV')).toBe('snowflake://eu-dev a.b.c');
    expect(dataset('snowflake', 'europe.b.c')).toBe('snowflake://main europe.b.c');
  });

  it('never makes one of two fabrics by accident', () => {
    expect(dataset('snowflake', 'a.b.c', 'DEV')).toBe('snowflake/DEV a.b.c');
    expect(dataset('bigquery', 'p.d.t')).toBe('bigquery p.d.t');
    expect(dataset('bigquery', 'p.d.t', 'QA')).toBe('bigquery/QA p.d.t');
  });

  it('knows the namespace of buckets from their names', () => {
    expect(dataset('s3', 'shop/orders/2024')).toBe('s3://shop orders/2024');
    expect(dataset('s3', 'acme.shop/orders')).toBe('s3://shop orders');
    expect(dataset('gcs', 'shop/orders')).toBe('gs://shop orders');
    expect(dataset('s3', 'shop')).toBe('s3:// shop');
  });

  it('names tasks within their flow, and keeps clusters apart', () => {
    const flow = (cluster: string): string => `urn:li:dataFlow:(airflow,nightly,${cluster})`;
    const job = (cluster: string): object | null => naming.job(urn(`urn:li:dataJob:(${flow(cluster)},load)`));
    expect(job('prod')).toEqual({ namespace: 'airflow://prod', name: 'nightly.load' });
    expect(job('default')).toEqual({ namespace: 'airflow://prod', name: 'nightly.load' });
    expect(job('blue')).toEqual({ namespace: 'airflow/blue', name: 'nightly.load' });
  });
});
