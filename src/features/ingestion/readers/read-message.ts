import { Invalid } from '../../../core/errors.js';
import { readCrawl } from './crawl/read-crawl.js';
import { readCsv } from './csv/read-csv.js';
import { readDataHub } from './datahub/read-datahub.js';
import { readDbt } from './dbt/read-dbt.js';
import { readDcat } from './dcat/read-dcat.js';
import { isObject } from './json.js';
import { readOdcs } from './odcs/read-odcs.js';
import { readOpenLineage } from './openlineage/read-openlineage.js';
import { readWithdrawal } from './read-withdrawal.js';
import type { RawKind, Reading } from './statement.js';

/** A pure function of the message: the same message read again, by a rebuild, says the same. */
type Reader = (payload: unknown) => Reading;

const READERS: Readonly<Record<RawKind, Reader>> = {
  OPENLINEAGE: readOpenLineage,
  CRAWL: readCrawl,
  DBT: (payload) => {
    if (!isObject(payload) || !('manifest' in payload)) {
      throw new Invalid(
        'The body must be an object with `manifest` and, if there are any, `catalog` and `runResults`.',
        ['manifest'],
      );
    }
    return readDbt({ ...payload, manifest: payload['manifest'] });
  },
  CSV: readCsv,
  ODCS: readOdcs,
  DCAT: readDcat,
  DATAHUB: readDataHub,
  WITHDRAWAL: readWithdrawal,
};

/** @throws Invalid naming the field when the message is none of its kind, or has no identity. */
export function readMessage(kind: RawKind, payload: unknown): Reading {
  return READERS[kind](payload);
}
