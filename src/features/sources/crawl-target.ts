import { readSecret, requireReachable, SecretError } from '../../config/secret.js';
import { isInScope } from '../assets/index.js';
import { CrawlFailure } from './crawlers/crawl-failure.js';
import type { CrawlTarget, TableFilter } from './crawlers/crawler.js';
import { datasetName, scopeOf, type SourceDefinition } from './source.js';
import type { SourceRow } from './source.repository.js';

/** The source with its secret, for one crawl. @throws CrawlFailure when the secret is not where it should be. */
export function targetOf(
  { definition, origin }: Pick<SourceRow, 'definition' | 'origin'>,
  secretsDir: string,
): CrawlTarget {
  const { host, port, database, user, ssl, password } = definition;
  try {
    if (password !== null && origin === 'API') requireReachable(password, secretsDir);
    return { host, port, database, user, ssl, password: password === null ? null : readSecret(password) };
  } catch (error) {
    if (error instanceof SecretError)
      throw new CrawlFailure('SECRET_MISSING', `The password cannot be read: ${error.message}`);
    throw error;
  }
}

/** The same question that decides what is in the scope of the sync. */
export function filterOf(definition: SourceDefinition): TableFilter {
  const scope = scopeOf(definition);
  return (name) => isInScope(scope, datasetName(definition, name));
}
