import { refText, type AssetRef, type ColumnFlow, type LineageStatement, type StatedOutput } from './statement.js';

interface FoldedOutput {
  readonly asset: AssetRef;
  /** Register of what the output says about its own inputs; null while it says nothing precise. */
  readonly precise: { readonly at: string; readonly hash: string; readonly output: StatedOutput } | null;
}

interface Said {
  /** For replacing statements: which message is in force. */
  readonly stamp: { readonly at: string; readonly hash: string } | null;
  readonly inputs: readonly AssetRef[];
  readonly outputs: readonly FoldedOutput[];
}

/** What a statement has come to say. JSON, kept whole in `lineage_statement.body`. */
export interface StatementBody extends Said {
  /** The newest message that says everything by itself; it stands for what was accumulated beside it. */
  readonly snapshot?: Said;
}

export interface Port {
  /** '' = the job itself; else the output that the port is for. */
  readonly key: string;
  readonly inputs: readonly AssetRef[];
  readonly outputs: readonly AssetRef[];
}

/**
 * Events of one run are cumulative and come in any order: inputs and outputs only grow, and what an output says about its
 * inputs is a register (newest, then greatest hash). A replacing statement is one register as a whole.
 */
export function foldLineage(known: StatementBody | null, statement: LineageStatement): StatementBody {
  const said = bodyOf(statement);
  if (statement.mode !== 'SNAPSHOT') {
    const folded = foldSaid(known, said);
    return known?.snapshot ? { ...folded, snapshot: known.snapshot } : folded;
  }
  return { ...(known ?? NOTHING_SAID), snapshot: foldSaid(known?.snapshot ?? null, said) };
}

const NOTHING_SAID: Said = { stamp: null, inputs: [], outputs: [] };

function foldSaid(known: Said | null, said: Said): Said {
  if (!known) return said;
  if (said.stamp) return isNewer(said.stamp, known.stamp) ? said : known;
  const outputs = new Map(known.outputs.map((output) => [refText(output.asset), output]));
  for (const output of said.outputs) {
    const before = outputs.get(refText(output.asset));
    outputs.set(refText(output.asset), before && !isStronger(output.precise, before.precise) ? before : output);
  }
  return {
    stamp: null,
    inputs: sortedRefs([...known.inputs, ...said.inputs]),
    outputs: sortedOutputs([...outputs.values()]),
  };
}

/** The flows a statement stands for: an output that names its inputs is a port of its own; the rest share the job's. */
export function flowsOf(body: StatementBody): { ports: readonly Port[]; columnFlows: readonly ColumnFlow[] } {
  const { inputs, outputs } = body.snapshot ?? body;
  const said = outputs.flatMap(({ precise }) => (precise ? [precise.output] : []));
  const precise = said.filter((output) => !output.isInferred && !output.isJob);
  const ports = precise.map((output) => ({
    key: refText(output.asset),
    inputs: inputsOf(output),
    outputs: [output.asset],
  }));
  const own = jobPort(inputs, outputs);
  const isOwnUsed = own.inputs.length > 0 || own.outputs.length > 0;
  return {
    ports: isOwnUsed ? [own, ...ports] : ports,
    columnFlows: said.flatMap((output) => output.columnFlows ?? []),
  };
}

/** What goes through the job as a whole: whatever no output claims for itself, and what is said of the job itself. */
function jobPort(inputs: readonly AssetRef[], outputs: readonly FoldedOutput[]): Port {
  const said = outputs.flatMap(({ precise }) => (precise && !precise.output.isInferred ? [precise.output] : []));
  const coarse = outputs.filter(({ precise }) => !precise || precise.output.isInferred || precise.output.isFromJob);
  const claims = coarse.length > 0 ? said.filter((output) => output.isExplicit) : said;
  const claimed = new Set(claims.filter((output) => !output.isJob).flatMap((output) => inputsOf(output).map(refText)));
  const consumed = said.filter((output) => output.isJob).flatMap(inputsOf);
  return {
    key: '',
    inputs: sortedRefs([...inputs.filter((input) => !claimed.has(refText(input))), ...consumed]),
    outputs: coarse.map(({ asset }) => asset),
  };
}

function inputsOf(output: StatedOutput): AssetRef[] {
  return sortedRefs([...(output.inputs ?? []), ...(output.columnFlows ?? []).map((flow) => flow.source)]);
}

function bodyOf(statement: LineageStatement): Said {
  const stamp = { at: statement.at.toISOString(), hash: statement.hash };
  const outputs = statement.outputs.map((output) => ({
    asset: output.asset,
    precise: output.columnFlows || output.inputs ? { ...stamp, output } : null,
  }));
  return {
    stamp: statement.mode === 'ACCUMULATE' ? null : stamp,
    inputs: sortedRefs(statement.inputs),
    outputs: sortedOutputs(outputs),
  };
}

/** A producer's word stands against anything read from SQL, whichever is newer. */
function isStronger(a: FoldedOutput['precise'], b: FoldedOutput['precise']): boolean {
  const difference = Number(a?.output.isInferred ?? false) - Number(b?.output.isInferred ?? false);
  return a && b && difference !== 0 ? difference < 0 : isNewer(a, b);
}

type Stamp = { readonly at: string; readonly hash: string };

function isNewer(a: Stamp | null, b: Stamp | null): boolean {
  if (!a || !b) return a !== null;
  return a.at > b.at || (a.at === b.at && a.hash > b.hash);
}

function sortedRefs(refs: readonly AssetRef[]): AssetRef[] {
  const byText = new Map(refs.map((ref) => [refText(ref), ref]));
  return [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, ref]) => ref);
}

function sortedOutputs(outputs: readonly FoldedOutput[]): FoldedOutput[] {
  return outputs.toSorted((a, b) => (refText(a.asset) < refText(b.asset) ? -1 : 1));
}
