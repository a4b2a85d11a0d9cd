import type { AspectBody } from './aspect-body.js';
import type { Handler } from './subject.js';

const USAGE = [
  'queryCountLast30Days',
  'viewCountLast30Days',
  'viewCountTotal',
  'uniqueUserCountLast30Days',
  'usageCountLast30Days',
];

/** Aspects that are shown as they are: the facet's name, and which fields, all of them when none is named. */
const SHOWN: Readonly<Record<string, readonly [facet: string, ...fields: string[]]>> = {
  assertionsSummary: ['assertions', 'passingAssertions', 'failingAssertions', 'lastAssertionResultAt'],
  chartUsageStatistics: ['usageStatistics'],
  dashboardUsageStatistics: ['usageStatistics'],
  datasetProfile: ['datasetProfile'],
  datasetUsageStatistics: ['usageStatistics'],
  embed: ['embed', 'renderUrl'],
  incidentsSummary: ['incidents'],
  inputFields: ['inputFields'],
  institutionalMemory: ['links', 'elements'],
  operation: ['operation'],
  storageFeatures: ['storageStatistics', 'rowCount', 'sizeInBytes'],
  testResults: ['testResults', 'passing', 'failing'],
  usageFeatures: ['usageSummary', ...USAGE],
  versionProperties: ['version'],
};

/** Of measurements the newest is shown, whenever it comes: it counts from its own time. */
function shown([facet, ...fields]: readonly [string, ...string[]]): Handler {
  return (subject, body) => {
    const timestamp = body.number('timestampMillis');
    const value = fields.length > 0 ? body.pick(...fields) : body.everything();
    subject.say(`facet:${facet}`, value, timestamp === null ? {} : { at: new Date(timestamp) });
  };
}

const viewProperties: Handler = (subject, body) => {
  subject.say('facet:sql', sqlIn(body, 'viewLogic', 'viewLanguage'));
  const isMaterialized = body.take('materialized') === true;
  const formatted = body.whole('formattedViewLogic');
  const detail = { ...(isMaterialized ? { materialized: true } : {}), ...(formatted === null ? {} : { formatted }) };
  subject.say('facet:view', Object.keys(detail).length > 0 ? detail : null);
};

const chartQuery: Handler = (subject, body) => {
  subject.say('facet:sql', sqlIn(body, 'rawQuery', 'type'));
};

export const FACET_ASPECTS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ...Object.entries(SHOWN).map(([aspect, rule]) => [aspect, shown(rule)] as const),
  ['chartQuery', chartQuery],
  ['viewProperties', viewProperties],
]);

function sqlIn(body: AspectBody, textKey: string, languageKey: string): object | null {
  const query = body.text(textKey);
  const language = body.text(languageKey);
  return query === null ? null : { query, dialect: language };
}
