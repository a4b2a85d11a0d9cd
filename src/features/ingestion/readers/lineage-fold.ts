import { refText, type AssetRef, type ColumnFlow, type LineageStatement, type StatedOutput } from './statement.js';

interface FoldedOutput {
  readonly asset: AssetRef;
  /** Register of what the output says about its own inputs; null while it says nothing precise. */
  readonly precise: { readonly at: string; readonly hash: string; readonly output: StatedOutput } | null;
}

/** What a statement has come to say. JSON, kept whole in `lineage_statement.body`. */
export interface StatementBody {
  /** For replacing statements: which message is in force. */
  readonly stamp: { readonly at: string; readonly hash: string } | null;
  readonly inputs: readonly AssetRef[];
  readonly outputs: readonly FoldedOutput[];
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
  const said = body.outputs.flatMap(({ precise }) => (precise ? [precise.output] : []));
  const precise = said.filter((output) => !output.isInferred);
  const coarse = body.outputs.flatMap(({ asset, precise: own }) => (own && !own.output.isInferred ? [] : [asset]));
  const named = new Set(precise.flatMap((output) => inputsOf(output).map(refText)));
  const own = coarse.length > 0 ? body.inputs : body.inputs.filter((input) => !named.has(refText(input)));
  const ports = precise.map((output) => ({
    key: refText(output.asset),
    inputs: inputsOf(output),
    outputs: [output.asset],
  }));
  const isOwnUsed = own.length > 0 || coarse.length > 0;
  return {
    ports: isOwnUsed ? [{ key: '', inputs: own, outputs: coarse }, ...ports] : ports,
    columnFlows: said.flatMap((output) => output.columnFlows ?? []),
  };
}

function inputsOf(output: StatedOutput): AssetRef[] {
  return sortedRefs([...(output.inputs ?? []), ...(output.columnFlows ?? []).map((flow) => flow.source)]);
}

function bodyOf(statement: LineageStatement): StatementBody {
  const stamp = { at: statement.at.toISOString(), hash: statement.hash };
  const outputs = statement.outputs.map((output) => ({
    asset: output.asset,
    precise: output.columnFlows || output.inputs ? { ...stamp, output } : null,
  }));
  return {
    stamp: statement.mode === 'REPLACE' ? stamp : null,
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
