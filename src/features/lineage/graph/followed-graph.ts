import type pg from 'pg';
import type { Residual } from '../../../platform/access/condition.js';
import type { LineageDirection } from '../walk.js';
import { readChanges, type GraphAt } from './graph-reader.js';
import { GraphWalk } from './graph-walk.js';
import { LineageGraph } from './lineage-graph.js';
import { NodeTest } from './node-test.js';
import {
  aloneWith,
  type BetweenAnswer,
  type BetweenQuestion,
  type EdgeIds,
  type ImpactAnswer,
  type ImpactQuestion,
  type WalkAnswer,
  type WalkQuestion,
} from './questions.js';

/** Policies are few: actors with the same rights share one. */
const MOST_TESTS = 64;
/** Changes are looked up in maps; from this share of them on, walking gets slower than reading anew. */
const REBUILD_SHARE = 0.02;
const REBUILD_FROM = 20_000;

/** The graph, kept up with the database, and the questions to it. Runs in the thread of the graph. */
export class FollowedGraph {
  private graph: LineageGraph;
  private walks: GraphWalk;
  private readonly tests = new Map<string, NodeTest>();
  private snapshot: string;
  private position: string;

  constructor({ snapshot, sequence, arrays }: GraphAt) {
    this.graph = new LineageGraph(arrays);
    this.walks = new GraphWalk(this.graph);
    this.snapshot = snapshot;
    this.position = sequence;
  }

  /** Last position of the change log that is in it. */
  get sequence(): string {
    return this.position;
  }

  get size(): { readonly assets: number; readonly edges: number; readonly changes: number; readonly bytes: number } {
    const bytes = [...this.tests.values()].reduce((sum, test) => sum + test.bytes, this.graph.bytes);
    return { assets: this.graph.assetCount, edges: this.graph.readEdges, changes: this.graph.changes, bytes };
  }

  get isDueForRebuild(): boolean {
    return this.graph.changes > Math.max(REBUILD_FROM, this.graph.readEdges * REBUILD_SHARE);
  }

  /** Everything that was committed when it was called. @returns false when the graph has to be read anew. */
  async catchUp(client: pg.Client): Promise<boolean> {
    const { snapshot, sequence, isTooMuch, assets, edges } = await readChanges(client, this.snapshot);
    if (isTooMuch) return false;
    const named = new Set(edges.flatMap(({ assetId, jobId }) => [assetId, jobId]));
    for (const asset of assets) {
      // Of assets without lineage nobody asks here.
      if (!named.has(asset.id) && this.graph.find(asset.id) < 0) continue;
      const number = this.graph.setAsset(asset);
      for (const test of this.tests.values()) test.forget(number);
    }
    for (const edge of edges) this.graph.setEdge(edge);
    this.snapshot = snapshot;
    this.position = sequence;
    return true;
  }

  walk({ rootId, direction, condition, withEdges, withDegrees, ...bounds }: WalkQuestion): WalkAnswer {
    const test = this.testOf(condition);
    const [root] = this.seen([rootId], test);
    if (root === undefined) return { ...aloneWith(rootId, withDegrees), sequence: this.position };
    const { nodes, distances, truncatedBy } = this.walks.walk({ root, direction, ...bounds }, test);
    return {
      nodes: nodes.map((node) => this.graph.idOf(node)),
      distances,
      degrees: withDegrees ? this.walks.degrees(nodes, direction, test) : [],
      edges: withEdges ? this.edgesOf(nodes, direction, test) : [],
      truncatedBy,
      sequence: this.position,
    };
  }

  between({ fromId, toId, maxHops, maxNodes, condition }: BetweenQuestion): BetweenAnswer {
    const test = this.testOf(condition);
    const [[from], [to]] = [this.seen([fromId], test), this.seen([toId], test)];
    if (from === undefined || to === undefined) return { edges: [], isCut: false, sequence: this.position };
    const { nodes, isCut } = this.walks.between({ from, to, maxHops, maxNodes }, test);
    const intoJob = this.edgesOf(nodes, 'UPSTREAM', test).filter((edge) => edge.to === toId && edge.jobId === toId);
    return { edges: [...this.edgesOf(nodes, 'DOWNSTREAM', test), ...intoJob], isCut, sequence: this.position };
  }

  impact({ rootIds, direction, condition }: ImpactQuestion): ImpactAnswer {
    const test = this.testOf(condition);
    const { countByClass, count } = this.walks.sweep(this.seen(rootIds, test), direction, test);
    const groups = [...countByClass].flatMap(([number, ofClass]) => {
      const found = this.graph.classAt(number);
      return found ? [{ kind: found.kind, domain: found.domain, owners: found.owners, count: ofClass }] : [];
    });
    return { groups, count, sequence: this.position };
  }

  /** Numbers of those that have lineage. Whoever asks has been shown them; they may have been hidden since. */
  private seen(ids: readonly string[], test: NodeTest): number[] {
    return ids.map((id) => this.graph.find(id)).filter((asset) => asset >= 0 && test.sees(asset));
  }

  private edgesOf(nodes: readonly number[], direction: LineageDirection, test: NodeTest): EdgeIds[] {
    const { from, to, job, ports } = this.walks.edges(nodes, direction, test);
    const id = (node: number | undefined): string => this.graph.idOf(node ?? 0);
    return from.map((node, at) => {
      const jobNumber = job[at] ?? -1;
      return {
        from: id(node),
        to: id(to[at]),
        jobId: jobNumber < 0 ? null : id(jobNumber),
        ports: (ports[at] ?? []).map((port) => this.graph.portIdOf(port)),
      };
    });
  }

  private testOf(condition: Residual): NodeTest {
    const key = JSON.stringify(condition);
    const test = this.tests.get(key) ?? new NodeTest(this.graph, condition);
    // The newest last: the oldest is the first to go.
    this.tests.delete(key);
    this.tests.set(key, test);
    const [oldest] = this.tests.keys();
    if (this.tests.size > MOST_TESTS && oldest !== undefined) this.tests.delete(oldest);
    return test;
  }
}
