import type { AssetResource } from '../../../platform/access/attributes.js';
import { Adjacency, type AdjacencyArrays } from './adjacency.js';
import { GrowingInts } from './growing-ints.js';
import { UuidIndex, type UuidArrays } from './uuid-index.js';

/** What a policy may ask of an asset, but for what is each asset's own. Many assets share one. */
export type AssetClass = Omit<AssetResource, 'type' | 'id' | 'name'>;

/** Both readings of the two kinds of half edge, and the ports of each job. */
export interface Adjacencies<A> {
  /** asset → ports it feeds */
  readonly feeds: A;
  /** asset → ports that feed it */
  readonly fedBy: A;
  /** port → assets that feed it */
  readonly inputs: A;
  /** port → assets it feeds */
  readonly outputs: A;
  /** asset → ports of it as a job */
  readonly portsOfJob: A;
}

/** A graph as it goes from one thread to another. Assets are numbered in (name, id) order. */
export interface GraphArrays extends Adjacencies<AdjacencyArrays> {
  readonly assets: UuidArrays;
  readonly ports: UuidArrays;
  /** UTF-8, one after the other; `nameEnds[i]` is where the name of asset i ends. */
  readonly names: Uint8Array<ArrayBuffer>;
  readonly nameEnds: Uint32Array<ArrayBuffer>;
  readonly classOf: Int32Array<ArrayBuffer>;
  readonly classes: readonly AssetClass[];
  /** Asset of the job of each port; -1 without one. */
  readonly jobOf: Int32Array<ArrayBuffer>;
}

export interface EdgeChange {
  readonly port: string;
  readonly assetId: string;
  readonly direction: 'I' | 'O';
  readonly isPresent: boolean;
  readonly jobId: string | null;
}

export interface AssetChange extends AssetClass {
  readonly id: string;
  readonly name: string;
}

/** The current lineage: what was read, and what changed since. */
export class LineageGraph implements Adjacencies<Adjacency> {
  readonly feeds: Adjacency;
  readonly fedBy: Adjacency;
  readonly inputs: Adjacency;
  readonly outputs: Adjacency;
  readonly portsOfJob: Adjacency;
  private readonly assets: UuidIndex;
  private readonly ports: UuidIndex;
  private readonly jobs: GrowingInts;
  private readonly classNumbers: GrowingInts;
  private readonly classes: AssetClass[];
  private readonly classByText: Map<string, number>;
  private readonly laterNames = new Map<number, Buffer>();
  private readonly readCount: number;
  /** Half edges that came or went since it was read. */
  changes = 0;

  constructor(private readonly arrays: GraphArrays) {
    this.feeds = new Adjacency(arrays.feeds);
    this.fedBy = new Adjacency(arrays.fedBy);
    this.inputs = new Adjacency(arrays.inputs);
    this.outputs = new Adjacency(arrays.outputs);
    this.portsOfJob = new Adjacency(arrays.portsOfJob);
    this.assets = UuidIndex.from(arrays.assets);
    this.ports = UuidIndex.from(arrays.ports);
    this.jobs = new GrowingInts(arrays.jobOf, -1);
    this.classNumbers = new GrowingInts(arrays.classOf, 0);
    this.classes = [...arrays.classes];
    this.classByText = new Map(this.classes.map((one, at) => [classText(one), at]));
    this.readCount = arrays.assets.filled;
  }

  get assetCount(): number {
    return this.assets.count;
  }

  get portCount(): number {
    return this.ports.count;
  }

  /** Half edges when it was read. */
  get readEdges(): number {
    return this.arrays.feeds.targets.length + this.arrays.fedBy.targets.length;
  }

  /** -1 for an asset that no edge has named. */
  find(assetId: string): number {
    return this.assets.find(assetId);
  }

  idOf(asset: number): string {
    return this.assets.idAt(asset);
  }

  portIdOf(port: number): string {
    return this.ports.idAt(port);
  }

  jobOf(port: number): number {
    return this.jobs.get(port);
  }

  classNumberOf(asset: number): number {
    return this.classNumbers.get(asset);
  }

  classAt(number: number): AssetClass | undefined {
    return this.classes[number];
  }

  nameOf(asset: number): Uint8Array {
    const later = this.laterNames.get(asset);
    if (later) return later;
    const { names, nameEnds } = this.arrays;
    return names.subarray(asset === 0 ? 0 : nameEnds[asset - 1], nameEnds[asset]);
  }

  /** By (name, id): the number, for those that were there when it was read. */
  compare(a: number, b: number): number {
    if (a < this.readCount && b < this.readCount) return a - b;
    return Buffer.compare(this.nameOf(a), this.nameOf(b)) || (this.idOf(a) < this.idOf(b) ? -1 : 1);
  }

  /** By (name, id). A typed array sorts numbers without asking back for each two of them. */
  inOrder(assets: number[]): number[] {
    const areAllRead = assets.every((asset) => asset < this.readCount);
    return areAllRead ? [...Int32Array.from(assets).sort()] : assets.sort((a, b) => this.compare(a, b));
  }

  /** @returns its number. Never moves one whose name changes: nothing changes names. */
  setAsset({ id, name, ...attributes }: AssetChange): number {
    const asset = this.assets.add(id);
    if (asset >= this.readCount) this.laterNames.set(asset, Buffer.from(name));
    this.classNumbers.set(asset, this.classNumber(attributes));
    return asset;
  }

  /** The assets it names have to be there. */
  setEdge({ port: portId, assetId, direction, isPresent, jobId }: EdgeChange): void {
    const asset = this.assets.find(assetId);
    if (asset < 0) return;
    const port = this.ports.add(portId);
    const [ofAsset, ofPort] = direction === 'I' ? [this.feeds, this.inputs] : [this.fedBy, this.outputs];
    this.changes += 1;
    if (!isPresent) {
      ofAsset.remove(asset, port);
      ofPort.remove(port, asset);
      return;
    }
    ofAsset.add(asset, port);
    ofPort.add(port, asset);
    this.setJob(port, jobId === null ? -1 : this.assets.find(jobId));
  }

  get bytes(): number {
    const lists = [this.feeds, this.fedBy, this.inputs, this.outputs, this.portsOfJob, this.assets, this.ports];
    const rest = [this.jobs, this.classNumbers, this.arrays.names, this.arrays.nameEnds];
    const later = [...this.laterNames.values()].reduce((sum, name) => sum + name.length + 150, 0);
    return (
      lists.reduce((sum, list) => sum + list.bytes, later) +
      rest.reduce((sum, list) => sum + ('bytes' in list ? list.bytes : list.byteLength), 0)
    );
  }

  private setJob(port: number, job: number): void {
    const before = this.jobs.get(port);
    if (before === job) return;
    if (before >= 0) this.portsOfJob.remove(before, port);
    if (job >= 0) this.portsOfJob.add(job, port);
    this.jobs.set(port, job);
  }

  private classNumber(attributes: AssetClass): number {
    const text = classText(attributes);
    const known = this.classByText.get(text);
    if (known !== undefined) return known;
    this.classes.push(attributes);
    this.classByText.set(text, this.classes.length - 1);
    return this.classes.length - 1;
  }
}

function classText({
  kind,
  namespace,
  platform,
  domain,
  sensitivity,
  lifecycle,
  tags,
  terms,
  owners,
}: AssetClass): string {
  return JSON.stringify([kind, namespace, platform, domain, sensitivity, lifecycle, tags, terms, owners]);
}
