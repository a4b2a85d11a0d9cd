import { Controller, Get, Header, Param, UseFilters } from '@nestjs/common';
import { NotFound } from '../../../core/errors.js';
import { ScimErrorsFilter } from './scim-errors.filter.js';
import { BASE, listResponse, resourceTypes, schemaDescriptions } from './scim-resources.js';

const SCIM_JSON = 'application/scim+json; charset=utf-8';

const SUPPORT = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: 200 },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Token of this service',
      description: 'Authorization: Bearer with a token that has the scope scim.',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${BASE}/ServiceProviderConfig` },
};

/** What a provider may expect of us (RFC 7644, 4). The same for everybody who is let in. */
@Controller('scim/v2')
@UseFilters(ScimErrorsFilter)
export class ScimDiscoveryController {
  @Get('ServiceProviderConfig')
  @Header('Content-Type', SCIM_JSON)
  support(): object {
    return SUPPORT;
  }

  @Get('ResourceTypes')
  @Header('Content-Type', SCIM_JSON)
  resourceTypes(): object {
    return allOf(resourceTypes());
  }

  @Get('ResourceTypes/:id')
  @Header('Content-Type', SCIM_JSON)
  resourceType(@Param('id') id: string): object {
    return oneOf(resourceTypes(), id);
  }

  @Get('Schemas')
  @Header('Content-Type', SCIM_JSON)
  schemas(): object {
    return allOf(schemaDescriptions());
  }

  @Get('Schemas/:id')
  @Header('Content-Type', SCIM_JSON)
  schema(@Param('id') id: string): object {
    return oneOf(schemaDescriptions(), id);
  }
}

function allOf(resources: readonly object[]): object {
  return listResponse(resources, { startIndex: 1, totalResults: resources.length });
}

function oneOf(resources: readonly object[], id: string): object {
  const found = resources.find((resource) => 'id' in resource && resource.id === id);
  if (!found) throw new NotFound(`There is no '${id.slice(0, 100)}'.`);
  return found;
}
