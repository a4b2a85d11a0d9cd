import type { LineageBound, LineageDirection } from '../walk.js';
import type { Adjacency } from './adjacency.js';
import type { LineageGraph } from './lineage-graph.js';
import type { NodeTest } from './node-test.js';

export interface GraphWalkQuery {
  /** Number of the asset. */
  readonly root: number;
  readonly direction: LineageDirection;
  readonly maxHops: number;
  readonly maxNodes: number;
}

export interface GraphWalkAnswer {
  readonly nodes: readonly number[];
  readonly distances: readonly number[];
  readonly truncatedBy: LineageBound | null;
}

export interface GraphEdges {
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** -1 without a job. */
  readonly job: readonly number[];
  readonly ports: readonly number[][];
}

export interface GraphBetween {
  readonly from: number;
  readonly to: number;
  readonly maxHops: number;
  readonly maxNodes: number;
}

export interface Sweep {
  /** By number of the class. */
  readonly countByClass: ReadonlyMap<number, number>;
  readonly count: number;
}

interface Sides {
  readonly near: Adjacency;
  readonly far: Adjacency;
}

/** Walks over one graph. Its marks are kept between walks: a number for each walk saves wiping them. */
export class GraphWalk {
  private assetMarks = new Int32Array(0);
  private portMarks = new Int32Array(0);
  private mark = 0;

  constructor(private readonly graph: LineageGraph) {}

  /** The same as the walk in SQL (../walk.ts): breadth first, each hop in (name, id) order, cut at the bounds. */
  walk({ root, direction, maxHops, maxNodes }: GraphWalkQuery, test: NodeTest): GraphWalkAnswer {
    const next = this.begin(direction, test);
    this.assetMarks[root] = this.mark;
    const [nodes, distances] = [[root], [0]];
    let frontier = [root];
    for (let distance = 1; distance <= maxHops && frontier.length > 0; distance += 1) {
      const room = maxNodes - nodes.length;
      const found = this.graph.inOrder(next(frontier));
      frontier = found.slice(0, room);
      for (const node of frontier) {
        nodes.push(node);
        distances.push(distance);
      }
      if (found.length > room) return { nodes, distances, truncatedBy: 'NODES' };
    }
    return { nodes, distances, truncatedBy: frontier.length > 0 && next(frontier).length > 0 ? 'HOPS' : null };
  }

  /** Everything that can be reached, counted; not the roots. */
  sweep(roots: readonly number[], direction: LineageDirection, test: NodeTest): Sweep {
    const next = this.begin(direction, test);
    const countByClass = new Map<number, number>();
    for (const root of roots) this.assetMarks[root] = this.mark;
    let count = 0;
    for (let frontier = next(roots); frontier.length > 0; frontier = next(frontier)) {
      count += frontier.length;
      for (const node of frontier) {
        const number = this.graph.classNumberOf(node);
        countByClass.set(number, (countByClass.get(number) ?? 0) + 1);
      }
    }
    return { countByClass, count };
  }

  /** The nodes on ways from the one to the other, those on short ways first. */
  between({ from, to, maxHops, maxNodes }: GraphBetween, test: NodeTest): { nodes: number[]; isCut: boolean } {
    const after = this.distances(from, maxHops, 'DOWNSTREAM', test);
    const before = this.distances(to, maxHops, 'UPSTREAM', test);
    const lengths = new Map<number, number>();
    for (const [node, distance] of after) {
      const length = distance + (before.get(node) ?? Infinity);
      if (length <= maxHops) lengths.set(node, length);
    }
    const nodes = [...lengths.keys()].sort(
      (a, b) => (lengths.get(a) ?? 0) - (lengths.get(b) ?? 0) || this.graph.compare(a, b),
    );
    return { nodes: nodes.slice(0, maxNodes), isCut: nodes.length > maxNodes };
  }

  private distances(root: number, maxHops: number, direction: LineageDirection, test: NodeTest): Map<number, number> {
    const next = this.begin(direction, test);
    this.assetMarks[root] = this.mark;
    const distances = new Map([[root, 0]]);
    let frontier = [root];
    for (let distance = 1; distance <= maxHops && frontier.length > 0; distance += 1) {
      frontier = next(frontier);
      for (const node of frontier) distances.set(node, distance);
    }
    return distances;
  }

  /** How many neighbours each node has in that direction. */
  degrees(nodes: readonly number[], direction: LineageDirection, test: NodeTest): number[] {
    return nodes.map((node) => {
      const next = this.begin(direction, test);
      this.assetMarks[node] = this.mark;
      return next([node]).length;
    });
  }

  /** The flows between the nodes, each once per job. */
  edges(nodes: readonly number[], direction: LineageDirection, test: NodeTest): GraphEdges {
    this.renew();
    const { graph, assetMarks, mark } = this;
    for (const node of nodes) assetMarks[node] = mark;
    const edges: Writable = { from: [], to: [], job: [], ports: [] };
    const places = new Map<number, Map<number, number>>(nodes.map((node) => [node, new Map()]));
    const put = (from: number, to: number, port: number): void => {
      const fromHere = places.get(from);
      if (assetMarks[to] !== mark || !fromHere) return;
      const job = graph.jobOf(port);
      const key = to * (graph.assetCount + 1) + job + 1;
      const place = fromHere.get(key);
      if (place === undefined) fromHere.set(key, add(edges, { from, to, job, port }));
      // A job that reads itself has one flow of both kinds.
      else if (!edges.ports[place]?.includes(port)) edges.ports[place]?.push(port);
    };
    for (const node of nodes) {
      this.edgesFrom(node, test, put);
      this.edgesOfJob(node, direction, put);
    }
    return edges;
  }

  private edgesFrom(node: number, test: NodeTest, put: Put): void {
    const { graph } = this;
    graph.feeds.each(node, (port) => {
      const job = graph.jobOf(port);
      if (job < 0 || test.sees(job)) graph.outputs.each(port, (to) => put(node, to, port));
    });
  }

  /** From or to the job itself, when it is among the nodes. */
  private edgesOfJob(job: number, direction: LineageDirection, put: Put): void {
    const { graph } = this;
    graph.portsOfJob.each(job, (port) => {
      if (direction === 'DOWNSTREAM') graph.outputs.each(port, (asset) => put(job, asset, port));
      else graph.inputs.each(port, (asset) => put(asset, job, port));
    });
  }

  /** @returns what gives the assets one hop further, each once in the whole walk. */
  private begin(direction: LineageDirection, test: NodeTest): (frontier: readonly number[]) => number[] {
    this.renew();
    const { graph, assetMarks, portMarks, mark } = this;
    const { near, far } = sidesOf(graph, direction);
    let found: number[] = [];
    const reach = (asset: number): void => {
      if (assetMarks[asset] === mark || !test.sees(asset)) return;
      assetMarks[asset] = mark;
      found.push(asset);
    };
    const pass = (port: number): void => {
      if (portMarks[port] === mark) return;
      portMarks[port] = mark;
      const job = graph.jobOf(port);
      if (job < 0 || test.sees(job)) far.each(port, reach);
    };
    return (frontier) => {
      found = [];
      for (const node of frontier) {
        near.each(node, pass);
        graph.portsOfJob.each(node, pass);
      }
      return found;
    };
  }

  private renew(): void {
    if (this.assetMarks.length < this.graph.assetCount || this.portMarks.length < this.graph.portCount) {
      this.assetMarks = new Int32Array(Math.ceil(this.graph.assetCount * 1.1) + 16);
      this.portMarks = new Int32Array(Math.ceil(this.graph.portCount * 1.1) + 16);
      this.mark = 0;
    }
    this.mark += 1;
  }
}

type Writable = { from: number[]; to: number[]; job: number[]; ports: number[][] };
type Put = (from: number, to: number, port: number) => void;

/** @returns its place. */
function add(edges: Writable, edge: { from: number; to: number; job: number; port: number }): number {
  edges.from.push(edge.from);
  edges.to.push(edge.to);
  edges.job.push(edge.job);
  return edges.ports.push([edge.port]) - 1;
}

function sidesOf(graph: LineageGraph, direction: LineageDirection): Sides {
  return direction === 'DOWNSTREAM'
    ? { near: graph.feeds, far: graph.outputs }
    : { near: graph.fedBy, far: graph.inputs };
}
