import SCIMMY from 'scimmy';
import { Invalid } from '../../../core/errors.js';

const { Filter } = SCIMMY.Types;
const { User, Group, EnterpriseUser } = SCIMMY.Schemas;

export const BASE = '/scim/v2';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

// What we do not keep is not in the schema that we show (RFC 7643, 7): a provider need not send it.
User.truncate(
  'nickName,profileUrl,title,userType,preferredLanguage,locale,timezone,password,phoneNumbers,ims,photos,addresses,entitlements,roles,x509Certificates'.split(
    ',',
  ),
);
EnterpriseUser.truncate(['employeeNumber', 'costCenter', 'organization', 'division', 'manager']);
// The types of the library ask for an instance here, its code for the class.
User.extend(EnterpriseUser as never);

const SCHEMAS = { User, Group } as const;
export type ScimType = keyof typeof SCHEMAS;

const MOST_FILTER_CHARACTERS = 1000;
/** The library takes it for a comparison with nothing. */
const LACKS_VALUE = / (?:eq|ne|co|sw|ew|gt|ge|lt|le) *(?:$|\)|and |or )/i;

/** A body as the schema reads it. @throws Invalid */
export function incoming(type: ScimType, body: unknown): object {
  return reading(() => new SCHEMAS[type](requireObject(body), 'in'));
}

/** A resource as it is shown; `attributes` are those that the client asked for. */
export function outgoing(
  type: ScimType,
  resource: object,
  attributes?: InstanceType<typeof Filter>,
): { schemas: string[] } {
  return new SCHEMAS[type](resource, 'out', `${BASE}/${type}s`, attributes);
}

/** What the resource is after a PATCH (RFC 7644, 3.5.2), as a body of a PUT. @throws Invalid */
export async function patched(type: ScimType, resource: object, message: unknown): Promise<object> {
  let after: object = resource;
  const patch = reading(() => new SCIMMY.Messages.PatchOp(normalized(requireObject(message)) as never));
  try {
    await patch.apply(new SCHEMAS[type](resource, 'out', `${BASE}/${type}s`), async (instance) => {
      after = JSON.parse(JSON.stringify(instance)) as object;
      return instance;
    });
  } catch (error) {
    throw readable(error);
  }
  return after;
}

/** @throws Invalid */
export function filterOf(text: string): InstanceType<typeof Filter> {
  if (text.length > MOST_FILTER_CHARACTERS)
    throw new Invalid(`The filter is longer than ${MOST_FILTER_CHARACTERS} characters.`, ['filter']);
  if (LACKS_VALUE.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '""')))
    throw new Invalid('A comparison of the filter has no value.', ['filter']);
  return reading(() => new Filter(text), ['filter']);
}

/** `attributes` and `excludedAttributes` of RFC 7644, 3.9. */
export function selectionOf(attributes?: string, excluded?: string): InstanceType<typeof Filter> | undefined {
  if (attributes) return filterOf(joined(attributes, 'pr'));
  return excluded ? filterOf(joined(excluded, 'np')) : undefined;
}

export function listResponse(resources: readonly object[], page: { startIndex: number; totalResults: number }): object {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: page.totalResults,
    startIndex: page.startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

export function schemaDescriptions(): object[] {
  return [User, Group, EnterpriseUser].map((schema) => schema.definition.describe(`${BASE}/Schemas`));
}

export function resourceTypes(): object[] {
  return [SCIMMY.Resources.User, SCIMMY.Resources.Group].map((resource) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    ...resource.describe(),
    meta: { resourceType: 'ResourceType', location: `${BASE}/ResourceTypes/${resource.describe().id}` },
  }));
}

/** The library says what is wrong with what a client sent by exceptions of several kinds; a stack that ran out is one too. */
function reading<T>(read: () => T, field?: readonly string[]): T {
  try {
    return read();
  } catch (error) {
    throw readable(error, field);
  }
}

function readable(error: unknown, field?: readonly string[]): unknown {
  if (error instanceof SCIMMY.Types.Error || error instanceof TypeError) return new Invalid(error.message, field);
  return error instanceof RangeError ? new Invalid('This is nested too deeply.', field) : error;
}

function requireObject(body: unknown): object {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  throw new Invalid('Send one JSON object.');
}

function joined(names: string, operator: 'pr' | 'np'): string {
  return names
    .split(',')
    .map((name) => `${name.trim()} ${operator}`)
    .join(' and ');
}

/** Entra ID sends "True" and "False" for `active`. */
function normalized(message: object): object {
  return JSON.parse(JSON.stringify(message), (key, value: unknown) => {
    if (typeof value !== 'string' || !/^(true|false)$/i.test(value)) return value;
    return key === 'active' || key === 'value' ? /^true$/i.test(value) : value;
  }) as object;
}
