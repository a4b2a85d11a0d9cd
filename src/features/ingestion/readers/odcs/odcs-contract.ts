import { z } from 'zod';
import { Invalid } from '../../../../core/errors.js';
import { fileMessage, parseMessage } from '../file-message.js';
import { at } from '../json.js';

/**
 * Open Data Contract Standard 3.0 and 3.1 (bitol.io), as far as it is read here; what is not read is kept all the same.
 * Objects are open, because the standard grows and allows custom properties.
 */

const text = z.string({ error: 'is no text; put it in quotes' });
/** YAML makes numbers of versions and of ports. */
const textOrNumber = z.union([text, z.number()], { error: 'is neither text nor number' }).transform(String);
const texts = z.array(text, { error: 'is no list of texts' });
const yesOrNo = z.boolean({ error: 'is neither true nor false' });

export interface OdcsProperty {
  readonly name: string;
  readonly physicalName?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly logicalType?: string | null | undefined;
  readonly physicalType?: string | null | undefined;
  readonly classification?: string | null | undefined;
  readonly criticalDataElement?: boolean | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  readonly properties?: readonly OdcsProperty[] | null | undefined;
  readonly items?: Omit<OdcsProperty, 'name'> | null | undefined;
}

const element = {
  physicalName: text.nullish(),
  description: text.nullish(),
  logicalType: text.nullish(),
  physicalType: text.nullish(),
  businessName: text.nullish(),
  classification: text.nullish(),
  required: yesOrNo.nullish(),
  unique: yesOrNo.nullish(),
  primaryKey: yesOrNo.nullish(),
  partitioned: yesOrNo.nullish(),
  criticalDataElement: yesOrNo.nullish(),
  tags: texts.nullish(),
};
const property: z.ZodType<OdcsProperty> = z.lazy(() =>
  z.looseObject({
    name: text.min(1, 'is empty; name the column'),
    ...element,
    properties: z.array(property, { error: 'is no list' }).nullish(),
    items: items.nullish(),
  }),
);
const items: z.ZodType<Omit<OdcsProperty, 'name'>> = z.lazy(() =>
  z.looseObject({
    ...element,
    properties: z.array(property, { error: 'is no list' }).nullish(),
    items: items.nullish(),
  }),
);

const schemaObject = z.looseObject({
  name: text.min(1, 'is empty; name the table, topic or file'),
  physicalName: text.nullish(),
  physicalType: text.nullish(),
  logicalType: text.nullish(),
  businessName: text.nullish(),
  description: text.nullish(),
  tags: texts.nullish(),
  properties: z.array(property, { error: 'is no list' }).nullish(),
});
export type OdcsObject = z.infer<typeof schemaObject>;

const server = z.looseObject({
  server: text.nullish(),
  type: text.min(1, 'is empty; give the type of server, such as postgres'),
  host: text.nullish(),
  port: textOrNumber.nullish(),
  database: text.nullish(),
  schema: text.nullish(),
  catalog: text.nullish(),
  project: text.nullish(),
  dataset: text.nullish(),
  account: textOrNumber.nullish(),
  location: text.nullish(),
  path: text.nullish(),
  region: text.nullish(),
  regionName: text.nullish(),
  serviceName: text.nullish(),
  stream: text.nullish(),
  topic: text.nullish(),
});
export type OdcsServer = z.infer<typeof server>;

const member = z.looseObject({
  username: text.nullish(),
  name: text.nullish(),
  role: text.nullish(),
  dateOut: text.nullish(),
});
const members = z.array(member, { error: 'is no list of members' });

const contract = z.looseObject({
  apiVersion: text,
  kind: z.literal('DataContract', { error: "is not 'DataContract'" }),
  id: textOrNumber,
  name: text.nullish(),
  version: textOrNumber.nullish(),
  status: text.nullish(),
  domain: text.nullish(),
  dataProduct: text.nullish(),
  tenant: text.nullish(),
  // Before 3.0 a plain text; still found.
  description: z
    .union([text, z.looseObject({ purpose: text.nullish(), limitations: text.nullish(), usage: text.nullish() })], {
      error: 'is neither text nor an object with purpose, limitations and usage',
    })
    .nullish(),
  servers: z.array(server, { error: 'is no list of servers' }).nullish(),
  schema: z.array(schemaObject, { error: 'is no list of tables, topics or files' }).nullish(),
  // 3.0 has a list, 3.1 an object with a name.
  team: z
    .union([members, z.looseObject({ name: text.nullish(), members: members.nullish() })], {
      error: 'is neither a list of members nor an object with name and members',
    })
    .nullish(),
  tags: texts.nullish(),
  slaProperties: z.array(z.looseObject({ element: text.nullish() }), { error: 'is no list' }).nullish(),
});
export type OdcsContract = z.infer<typeof contract>;

const odcsMessage = fileMessage.extend({
  contract,
  /** Of contracts that name no server. */
  datasetNamespace: text.min(1, 'is empty').nullish(),
});
export type OdcsMessage = z.infer<typeof odcsMessage>;

/** @throws Invalid naming path, value and what is wrong. */
export function parseOdcs(payload: unknown): OdcsMessage {
  refuseOtherVersions(at(payload, 'contract'));
  return parseMessage(odcsMessage, payload, 'The data contract');
}

function refuseOtherVersions(document: unknown): void {
  const said = at(document, 'apiVersion');
  const older = at(document, 'dataContractSpecification');
  if (older !== undefined) {
    throw new Invalid(
      `This is a contract of the Data Contract Specification ${String(older)}, not of the Open Data Contract Standard. Convert it to ODCS 3 ('datacontract export --format odcs').`,
      ['contract', 'dataContractSpecification'],
    );
  }
  if (typeof said !== 'string' || /^v?3\./.test(said)) return;
  throw new Invalid(
    `'contract.apiVersion' is '${said.slice(0, 50)}'; versions 3.0 and 3.1 of the Open Data Contract Standard are read. Convert the contract to v3.`,
    ['contract', 'apiVersion'],
  );
}
