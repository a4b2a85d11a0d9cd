// Search documents of a warehouse of any size, always the same for a seed: one asset in nine documents, the rest its columns.
// Names in layers and dbt style, domains with their own words, teams and platforms; usage falls off as Zipf's law has it.
import { random } from './generate.mjs';

const LAYERS = ['raw', 'stg', 'int', 'fct', 'dim', 'mart', 'rpt', 'tmp', 'snap', 'agg'];
const ENTITIES =
  `customer order invoice payment product shipment session user account contract price stock campaign click lead ticket
   vendor purchase return refund store region employee salary budget forecast event device message subscription plan usage
   claim policy premium risk loan card transaction merchant fraud score segment cohort survey review rating page search
   basket coupon loyalty member visit warehouse carrier route delivery driver vehicle sensor reading meter site asset work
   task project issue release build deploy incident alert metric log audit consent document file image video article`.match(
    /\w+/g,
  );
const MODIFIERS =
  `daily weekly monthly current history summary detail lines items map bridge latest enriched cleaned deduped joined scored
   base wide flat snapshot delta archive backup v2 eu us apac test legacy export import staging final`.match(/\w+/g);
const COLUMNS =
  `id created_at updated_at customer_id order_id amount currency status country email name type product_id quantity price
   user_id session_id channel device_type region_code store_id invoice_no due_date paid_at net_amount gross_amount tax_rate
   discount_pct sku category brand first_name last_name phone_number postal_code city street birth_date is_active is_deleted
   valid_from valid_to load_ts batch_id source_system row_hash campaign_id click_count view_count conversion_rate score
   risk_level segment_name cohort_month rating comment_text ip_address user_agent latitude longitude weight_kg`.match(
    /\w+/g,
  );
const PLATFORMS = ['snowflake', 'bigquery', 'postgres', 'kafka', 's3', 'tableau'];
const TAGS = ['pii', 'finance', 'gdpr', 'core', 'deprecated-soon', 'sox', 'ml', 'experimental', 'hourly', 'external'];
const DOMAINS = 60;

/** Yields lists of documents, a few hundred each, `count` in all. */
export async function* warehouse({ count, seed }) {
  const { documentOf } = await import('../dist/features/search/search-document.js');
  const { scoreParts } = await import('../dist/features/search/search-score.js');
  const next = random(seed);
  // Of n things the first is asked for about ln(n) times as often as the average.
  const zipf = (items) => items[Math.min(items.length - 1, Math.floor(items.length ** next()) - 1)];
  const some = (items, most) => [
    ...new Set(Array.from({ length: Math.floor(next() * (most + 1)) }, () => zipf(items))),
  ];
  const make = (texts, facts) =>
    documentOf({
      handle: null,
      otherNames: [],
      ...texts,
      usage: facts.usage,
      updatedAt: facts.updatedAt,
      score: scoreParts({ ...facts, kind: texts.kind, isDescribed: texts.description !== null }),
    });
  let batch = [];
  for (let made = 0, number = 0; made < count; number += 1) {
    const layer = zipf(LAYERS);
    const domain = zipf(Array.from({ length: DOMAINS }, (_, at) => at));
    const entity = ENTITIES[Math.floor((domain * 7 + ENTITIES.length ** next()) % ENTITIES.length)];
    const words = [layer, entity, zipf(ENTITIES), ...some(MODIFIERS, 2)];
    const own = next() < 0.5 ? words.join('_') : `${words.slice(0, 2).join('_')}_${number}`;
    const [platform] = [PLATFORMS[domain % PLATFORMS.length]];
    const name = `prod_${domain % 4}.${layer}_${entity}.${own}`;
    const facts = {
      nameWordCount: words.length,
      lifecycle: next() < 0.05 ? 'DEPRECATED' : 'ACTIVE',
      isRemoved: false,
      usage: Math.floor(1000 / (1 + next() * 999)),
      certification: next() < 0.1 ? Math.floor(next() * 3) : -1,
      isOwned: next() < 0.6,
      updatedAt: new Date(Date.UTC(2024, 0, 1) + Math.floor(next() * 700) * 86_400_000),
    };
    const resource = {
      type: 'asset',
      id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
      kind: next() < 0.15 ? 'JOB' : 'DATASET',
      namespace: `${platform}://prod-${domain % 4}`,
      name,
      platform,
      domain: `area-${domain % 12}/domain-${domain}`,
      sensitivity: Math.min(3, Math.floor(4 * next() ** 3)),
      lifecycle: facts.lifecycle,
      tags: some(TAGS, 2),
      terms: [],
      owners: facts.isOwned ? [`team-${domain}`] : [],
    };
    const fields = {
      kind: resource.kind,
      type: null,
      platform,
      namespace: resource.namespace,
      domain: resource.domain,
      owner: resource.owners,
      tag: resource.tags,
      term: [],
      product: [],
      sensitivity: ['PUBLIC', 'INTERNAL', 'CONFIDENTIAL', 'RESTRICTED'][resource.sensitivity],
      certification: ['BRONZE', 'SILVER', 'GOLD'][facts.certification] ?? null,
      certifiedUntil: null,
      lifecycle: facts.lifecycle,
      presence: 'PRESENT',
    };
    const description =
      next() < 0.5 ? `One row per ${entity} and ${zipf(ENTITIES)}, ${zipf(MODIFIERS)} ${zipf(MODIFIERS)}.` : null;
    const labels = [...resource.tags, ...resource.owners];
    batch.push(
      make(
        { kind: resource.kind, assetId: resource.id, columnPath: '', resource, fields, name, description, labels },
        facts,
      ),
    );
    const columns = new Set(Array.from({ length: 8 }, (_, at) => (at === 0 ? `${entity}_id` : zipf(COLUMNS))));
    for (const path of columns) {
      const isPersonal = /email|name|phone|birth|street/.test(path);
      const tags = isPersonal && next() < 0.5 ? ['pii'] : [];
      const column = { type: 'column', asset: resource, path, sensitivity: isPersonal ? 2 : null, tags, terms: [] };
      const columnFields = { ...fields, kind: 'COLUMN', tag: tags, sensitivity: isPersonal ? 'CONFIDENTIAL' : null };
      const texts = { kind: 'COLUMN', assetId: resource.id, columnPath: path, resource: column, fields: columnFields };
      const said = next() < 0.2 ? `The ${path.replaceAll('_', ' ')} of the ${entity}.` : null;
      batch.push(make({ ...texts, name, description: said, labels: tags }, { ...facts, nameWordCount: 2 }));
    }
    made += 1 + columns.size;
    if (batch.length >= 900) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** As people search: mostly a word or two, now and then a name, a column, a typing error, a question. */
export function queries({ count, seed }) {
  const next = random(seed + 1);
  const zipf = (items) => items[Math.min(items.length - 1, Math.floor(items.length ** next()) - 1)];
  const shapes = [
    () => zipf(ENTITIES),
    () => `${zipf(ENTITIES)} ${zipf(ENTITIES)}`,
    () => `${zipf(LAYERS)}_${zipf(ENTITIES)}`,
    () => `${zipf(ENTITIES)} ${zipf(MODIFIERS)}`,
    () => `${zipf(LAYERS)} ${zipf(ENTITIES)} ${zipf(MODIFIERS)}`,
    () => zipf(COLUMNS),
    () => `${zipf(ENTITIES)}.${zipf(COLUMNS)}`,
    () => zipf(ENTITIES).slice(0, 4),
    () => `which ${zipf(ENTITIES)} per ${zipf(ENTITIES)} ${zipf(MODIFIERS)}`,
    () => zipf(ENTITIES).replace(/^(..)(.)(.)/, '$1$3$2'),
  ];
  return Array.from({ length: count }, (_, at) => shapes[at % shapes.length]());
}

/** What nearly everything matches. */
export const COMMON_QUERIES = ['id', 'customer', 'prod', 'raw', 'created at', 'customer id', 'one row'];
