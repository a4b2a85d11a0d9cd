import { z } from 'zod';
import { CliError, EXIT, type ExitCode } from './cli-error.js';
import { readPolicies } from './policy-files.js';
import type { Terminal } from './terminal.js';
import { refuse, userErrors } from './user-errors.js';

const REPORT = `query($d: JSON!) { policyReport(documents: $d) {
  contentHash problems findings { policyId severity code message } tests failures isSound } }`;
const SCORE = `query($d: JSON!) { policyMutationScore(documents: $d) {
  mutants caught survivors { policyId change } isComplete } }`;
const SIMULATE = `query($d: JSON!) { policySimulation(documents: $d) {
  action gained lost maskChanged examples { change account resource } } }`;
const SET = 'version contentHash isActive createdBy';
const APPLY = `mutation($d: JSON!, $note: String) { policySetApply(documents: $d, note: $note) { policySet { ${SET} } userErrors { message code } } }`;
const PROPOSE = `mutation($d: JSON!, $note: String) { policySetPropose(documents: $d, note: $note) { policySet { ${SET} } userErrors { message code } } }`;
const ACTIVATE = `mutation($v: Int!) { policySetActivate(version: $v) { policySet { ${SET} } userErrors { message code } } }`;
const EXPLAIN = `query($ref: String!, $action: Action!, $column: String, $account: String) {
  explain(ref: $ref, action: $action, column: $column, account: $account) {
    decision decidedBy { id title } nearestMisses { policyId title failed } missingAttributes mask rowFilters
    howToGet { isRequestable approvers } policyVersion } }`;

const report = z.object({
  contentHash: z.string(),
  problems: z.array(z.string()),
  findings: z.array(z.object({ policyId: z.string(), severity: z.string(), code: z.string(), message: z.string() })),
  tests: z.number(),
  failures: z.array(z.string()),
  isSound: z.boolean(),
});
const score = z.object({
  mutants: z.number(),
  caught: z.number(),
  survivors: z.array(z.object({ policyId: z.string(), change: z.string() })),
  isComplete: z.boolean(),
});
const impact = z.object({
  action: z.string(),
  gained: z.number(),
  lost: z.number(),
  maskChanged: z.number(),
  examples: z.array(z.object({ change: z.string(), account: z.string(), resource: z.string() })),
});
const policySet = z.object({
  version: z.number(),
  contentHash: z.string(),
  isActive: z.boolean(),
  createdBy: z.string(),
});
const setPayload = z.object({ policySet: policySet.nullable(), userErrors });
const explanation = z.object({
  decision: z.string(),
  decidedBy: z.object({ id: z.string(), title: z.string() }).nullable(),
  nearestMisses: z.array(z.object({ policyId: z.string(), title: z.string(), failed: z.array(z.string()) })),
  missingAttributes: z.array(z.string()),
  mask: z.string().nullable(),
  rowFilters: z.array(z.string()),
  howToGet: z.object({ isRequestable: z.boolean(), approvers: z.array(z.string()) }).nullable(),
  policyVersion: z.number(),
});

export interface ApplyOptions {
  readonly note?: string;
  readonly propose?: boolean;
}

export interface ExplainOptions {
  readonly action: string;
  readonly account?: string;
  readonly column?: string;
}

const MOST_SHOWN = 20;

/** Whether documents could come into force, and what looks wrong in them. */
export async function lintPolicies(terminal: Terminal, path: string): Promise<ExitCode> {
  const found = await reportOn(terminal, await readPolicies(path));
  if (terminal.isJson) terminal.out(JSON.stringify(found));
  else {
    for (const problem of found.problems) terminal.out(`ERROR  ${problem}`);
    for (const { severity, policyId, message } of found.findings) terminal.out(`${severity}  ${policyId}: ${message}`);
    terminal.note(`${found.problems.length} problems, ${found.findings.length} findings.`);
  }
  const isClean = found.problems.length === 0 && found.findings.every(({ severity }) => severity !== 'ERROR');
  return isClean ? EXIT.OK : EXIT.REFUSED;
}

/** Runs the tests in the documents, and says how many mistakes they would catch. */
export async function testPolicies(terminal: Terminal, path: string): Promise<ExitCode> {
  const documents = await readPolicies(path);
  const { problems, tests, failures } = await reportOn(terminal, documents);
  if (problems.length > 0) throw new CliError(EXIT.REFUSED, problems.join('\n'));
  const { policyMutationScore: found } = z
    .object({ policyMutationScore: score })
    .parse(await terminal.client.graphql(SCORE, { d: documents }));
  if (terminal.isJson) terminal.out(JSON.stringify({ tests, failures, mutation: found }));
  else {
    for (const failure of failures) terminal.out(failure);
    terminal.out(`${tests} tests, ${failures.length} failed.`);
    // Where a test fails anyway, it says nothing that it fails with a mistake too.
    if (failures.length === 0) sayScore(terminal, found);
  }
  return failures.length === 0 ? EXIT.OK : EXIT.REFUSED;
}

function sayScore(terminal: Terminal, { mutants, caught, survivors, isComplete }: z.infer<typeof score>): void {
  const percent = mutants === 0 ? 100 : Math.floor((caught / mutants) * 100);
  terminal.out(
    `Mutation score ${percent} %: ${caught} of ${mutants} mistakes are caught${isComplete ? '' : ' (there are more)'}.`,
  );
  for (const { policyId, change } of survivors.slice(0, MOST_SHOWN))
    terminal.out(`  not caught: ${policyId}, ${change}`);
  if (survivors.length > MOST_SHOWN) terminal.out(`  and ${survivors.length - MOST_SHOWN} more`);
}

/** Who would gain and lose what, against the set in force. */
export async function planPolicies(terminal: Terminal, path: string): Promise<ExitCode> {
  const documents = await readPolicies(path);
  const { problems } = await reportOn(terminal, documents);
  if (problems.length > 0) throw new CliError(EXIT.REFUSED, problems.join('\n'));
  const { policySimulation } = z
    .object({ policySimulation: z.array(impact) })
    .parse(await terminal.client.graphql(SIMULATE, { d: documents }));
  if (terminal.isJson) terminal.out(JSON.stringify(policySimulation));
  else for (const one of policySimulation) sayImpact(terminal, one);
  return EXIT.OK;
}

const SIGNS = new Map([
  ['GAINED', '+'],
  ['LOST', '-'],
  ['MASK_CHANGED', '~'],
]);

function sayImpact(terminal: Terminal, { action, gained, lost, maskChanged, examples }: z.infer<typeof impact>): void {
  terminal.out(`${action}: ${gained} gained, ${lost} lost, ${maskChanged} shown otherwise`);
  for (const { change, account, resource } of examples.slice(0, MOST_SHOWN))
    terminal.out(`  ${SIGNS.get(change) ?? '?'} ${account}  ${resource}`);
}

/** Stores documents as a new version and puts it in force, where that takes no second person. */
export async function applyPolicies(
  terminal: Terminal,
  path: string,
  { note, propose }: ApplyOptions,
): Promise<ExitCode> {
  const answer = await terminal.client.graphql(propose ? PROPOSE : APPLY, {
    d: await readPolicies(path),
    note: note ?? null,
  });
  return saySet(terminal, z.record(z.string(), setPayload).parse(answer));
}

/** Puts a stored version in force: one that was proposed, or an earlier one. */
export async function activatePolicies(terminal: Terminal, version: number): Promise<ExitCode> {
  return saySet(
    terminal,
    z.record(z.string(), setPayload).parse(await terminal.client.graphql(ACTIVATE, { v: version })),
  );
}

function saySet(terminal: Terminal, answer: Readonly<Record<string, z.infer<typeof setPayload>>>): ExitCode {
  const [payload] = Object.values(answer);
  refuse(payload?.userErrors ?? []);
  const set = payload?.policySet;
  if (!set) throw new CliError(EXIT.NO_ACCESS, 'The service did not say what became of it.');
  const state = set.isActive
    ? 'is in force'
    : 'is stored; somebody else has to put it in force: cadastre policy activate';
  terminal.out(
    terminal.isJson ? JSON.stringify(set) : `Version ${set.version} (${set.contentHash.slice(0, 12)}) ${state}.`,
  );
  return EXIT.OK;
}

/** The bytes of a version, as they can be applied again. */
export async function exportPolicies(terminal: Terminal, version: number | undefined): Promise<ExitCode> {
  const query = version === undefined ? '' : `?version=${version}`;
  terminal.out(await terminal.client.text({ path: `/api/v1/policies${query}` }));
  return EXIT.OK;
}

/** Why somebody may or may not. */
export async function explainDecision(terminal: Terminal, ref: string, options: ExplainOptions): Promise<ExitCode> {
  const { action, account = null, column = null } = options;
  const answer = await terminal.client.graphql(EXPLAIN, { ref, action, account, column });
  if (answer === null)
    throw new CliError(EXIT.NOTHING_FOUND, `No asset '${ref}' was found, or no such column or account.`);
  const { explain: found } = z.object({ explain: explanation }).parse(answer);
  if (terminal.isJson) terminal.out(JSON.stringify(found));
  else for (const line of linesOf(found)) terminal.out(line);
  return EXIT.OK;
}

function linesOf(found: z.infer<typeof explanation>): string[] {
  const { decision, decidedBy, nearestMisses, missingAttributes, mask, rowFilters, howToGet, policyVersion } = found;
  return [
    `${decision} by ${decidedBy ? `${decidedBy.id}: ${decidedBy.title}` : 'no rule'} (policy set ${policyVersion})`,
    ...nearestMisses.map(({ policyId, failed }) => `  nearly: ${policyId}, but ${failed.join('; ')}`),
    ...(missingAttributes.length > 0 ? [`  missing: ${missingAttributes.join(', ')}`] : []),
    ...(mask === null ? [] : [`  values are shown as: ${mask}`]),
    ...rowFilters.map((filter) => `  rows where: ${filter}`),
    ...(howToGet?.isRequestable
      ? [`  can be asked for; ${howToGet.approvers.join(', ') || 'whoever may change policies'} can grant it`]
      : []),
  ];
}

async function reportOn(terminal: Terminal, documents: unknown): Promise<z.infer<typeof report>> {
  const answer = await terminal.client.graphql(REPORT, { d: documents });
  return z.object({ policyReport: report }).parse(answer).policyReport;
}
