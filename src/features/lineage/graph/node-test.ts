import { readAttribute, type AssetResource } from '../../../platform/access/attributes.js';
import { evaluate, holds, type Residual } from '../../../platform/access/condition.js';
import type { AssetClass, LineageGraph } from './lineage-graph.js';

const [UNKNOWN, SEEN, HIDDEN, BY_ASSET] = [0, 1, 2, 3];

/**
 * The policy as a test of nodes. Decided once for all assets that a policy cannot tell apart, and asset by asset only where
 * the answer depends on the name or the id.
 */
export class NodeTest {
  private ofClass = new Uint8Array(64);
  private ofAsset: Uint8Array<ArrayBuffer> | null = null;

  constructor(
    private readonly graph: LineageGraph,
    private readonly condition: Residual,
  ) {}

  sees(asset: number): boolean {
    const number = this.graph.classNumberOf(asset);
    const known = this.ofClass[number] ?? UNKNOWN;
    if (known === SEEN) return true;
    if (known === HIDDEN) return false;
    if (known === UNKNOWN) this.decideClass(number);
    return this.ofClass[number] === BY_ASSET ? this.decideAsset(asset) : this.ofClass[number] === SEEN;
  }

  /** After its attributes changed. */
  forget(asset: number): void {
    if (this.ofAsset && asset < this.ofAsset.length) this.ofAsset[asset] = UNKNOWN;
  }

  get bytes(): number {
    return this.ofClass.byteLength + (this.ofAsset?.byteLength ?? 0);
  }

  private decideClass(number: number): void {
    if (number >= this.ofClass.length) this.ofClass = grown(this.ofClass, number);
    const attributes = this.graph.classAt(number);
    const verdict = attributes ? decide(this.condition, resourceOf(attributes, '', '')) : false;
    this.ofClass[number] = verdictOf(verdict);
  }

  private decideAsset(asset: number): boolean {
    this.ofAsset ??= new Uint8Array(this.graph.assetCount);
    if (asset >= this.ofAsset.length) this.ofAsset = grown(this.ofAsset, asset);
    const known = this.ofAsset[asset];
    if (known !== UNKNOWN) return known === SEEN;
    const attributes = this.graph.classAt(this.graph.classNumberOf(asset));
    const name = Buffer.from(this.graph.nameOf(asset)).toString();
    const resource = attributes && resourceOf(attributes, this.graph.idOf(asset), name);
    const isSeen =
      resource !== undefined && evaluate(this.condition, (attribute) => readAttribute(resource, attribute));
    this.ofAsset[asset] = verdictOf(isSeen);
    return isSeen;
  }
}

/** With the id and the name unknown; null where it depends on them. Three-valued logic of Kleene. */
function decide(condition: Residual, resource: AssetResource): boolean | null {
  if (typeof condition === 'boolean') return condition;
  if ('not' in condition) {
    const inner = decide(condition.not, resource);
    return inner === null ? null : !inner;
  }
  if ('all' in condition) return quantified(condition.all, false, resource);
  if ('any' in condition) return quantified(condition.any, true, resource);
  if (condition.attribute === 'id' || condition.attribute === 'name') return null;
  return holds(condition, readAttribute(resource, condition.attribute));
}

/** `decisive` is what one part alone settles: false for all, true for any. */
function quantified(parts: readonly Residual[], decisive: boolean, resource: AssetResource): boolean | null {
  const verdicts = parts.map((part) => decide(part, resource));
  if (verdicts.includes(decisive)) return decisive;
  return verdicts.includes(null) ? null : !decisive;
}

function verdictOf(isSeen: boolean | null): number {
  if (isSeen === null) return BY_ASSET;
  return isSeen ? SEEN : HIDDEN;
}

function resourceOf(attributes: AssetClass, id: string, name: string): AssetResource {
  return { type: 'asset', ...attributes, id, name };
}

function grown(array: Uint8Array, toHold: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(toHold * 2 + 64);
  larger.set(array);
  return larger;
}
