import type { Config } from './config/config.js';
import { DemoLoader } from './demo/demo-loader.js';
import { IdentityService } from './features/identity/index.js';
import { PoliciesService } from './features/policies/index.js';
import type { Service } from './service.js';

/** An account that was made at this start, with the one showing of its token. */
export interface Newcomer {
  readonly name: string;
  readonly handle: string;
  /** What it may do, in words. */
  readonly about: string;
  readonly token: string;
}

/** Says where the service is and, the first time, with which tokens to enter. */
export async function welcome(service: Service, config: Config, print: (text: string) => void): Promise<void> {
  const newcomers = await newcomersOf(service, config);
  print(welcomeText({ url: service.url, hasExplorer: config.explorer, newcomers }));
}

/** With demo: its people, at every start. Otherwise the administrator, the first time or when a new token is asked for. */
async function newcomersOf({ app }: Service, config: Config): Promise<Newcomer[]> {
  const people = config.demo ? await app.get(DemoLoader, { strict: false }).load(new Date()) : [];
  await app.get(PoliciesService, { strict: false }).applyFirst();
  if (people.length > 0) return [...people];
  const identity = app.get(IdentityService, { strict: false });
  const token = config.resetAdminToken ? await identity.newAdminToken() : await identity.firstAdminToken();
  if (token === null) return [];
  return [
    { name: 'Administrator', handle: 'admin', about: 'may everything, for 7 days; make tokens for others', token },
  ];
}

export function welcomeText(what: {
  readonly url: string;
  readonly hasExplorer: boolean;
  readonly newcomers: readonly Newcomer[];
}): string {
  const lines = [
    '',
    `Cadastre is ready at ${what.url}`,
    ...(what.hasExplorer ? [`  Explorer  ${what.url}/explorer`] : []),
    `  GraphQL   ${what.url}/graphql`,
    ...tokenTable(what.newcomers),
    ...thingsToTry(what.url, what.newcomers),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function tokenTable(newcomers: readonly Newcomer[]): string[] {
  if (newcomers.length === 0) return [];
  const widthOf = (read: (one: Newcomer) => string) => Math.max(...newcomers.map((one) => read(one).length));
  const nameWidth = widthOf(({ name }) => name);
  const tokenWidth = widthOf(({ token }) => token);
  const rows = newcomers.map(
    ({ name, token, about }) => `  ${name.padEnd(nameWidth)}  ${token.padEnd(tokenWidth)}  ${about}`,
  );
  return ['', 'Tokens:', ...rows];
}

function thingsToTry(url: string, newcomers: readonly Newcomer[]): string[] {
  const [first] = newcomers;
  if (!first) return [];
  const isEmpty = newcomers.length === 1;
  return [
    '',
    'Three things to try in another terminal:',
    `  export CADASTRE_URL=${url} CADASTRE_TOKEN=${first.token}`,
    ...(isEmpty
      ? ['  npx cadastre ingest openlineage docs/examples/events.ndjson', '  npx cadastre lineage late_fees']
      : ['  npx cadastre search orders', '  npx cadastre lineage analytics.marts.fct_orders --downstream']),
    '  npx cadastre status',
  ];
}
