// What Cadastre says about a namespace, as lines that a person can write down beforehand.

const DATASETS = `query ($namespace: String!, $after: String) {
  assets(filter: { namespace: $namespace, kinds: [DATASET] }, first: 50, after: $after) {
    nodes { ref name ... on Dataset { columns { path } aliases { ref } qualityResults { assertion column success severity } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

const JOBS = `query ($namespace: String!, $after: String) {
  assets(filter: { namespace: $namespace, kinds: [JOB] }, first: 50, after: $after) {
    nodes { name ... on Job { runs(first: 10) { nodes { state errorMessage } } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

const FLOWS = `query ($ref: String!) {
  lineage(ref: $ref, direction: UPSTREAM, maxHops: 1) {
    root { id }
    nodes { asset { id name } }
    edges { from to job { name } }
  }
}`;

const COLUMN_FLOWS = `query ($ref: String!, $column: String!) {
  columnLineage(ref: $ref, column: $column, direction: UPSTREAM, maxHops: 1) {
    nodes { asset { id name } }
    edges { fromAsset fromColumn toAsset toColumn transformations isMasked }
  }
}`;

/** Reads a catalog: the datasets whose names begin with `prefix`, which lines leave out. */
export class Catalog {
  constructor(cadastre, prefix) {
    this.cadastre = cadastre;
    this.prefix = prefix;
  }

  /** `job STATE`, one per run; a failed run with the first line of its reason. */
  async runs(namespace) {
    const jobs = await this.all(JOBS, namespace);
    return jobs.flatMap(({ name, runs }) =>
      runs.nodes.map(
        ({ state, errorMessage }) => `${name} ${state}${errorMessage ? `: ${firstLine(errorMessage)}` : ''}`,
      ),
    );
  }

  async datasets(namespace) {
    const all = await this.all(DATASETS, namespace);
    return all.filter(({ name }) => name.startsWith(this.prefix));
  }

  short(name) {
    return name.startsWith(this.prefix) ? name.slice(this.prefix.length) : name;
  }

  /** `source → target (job)`, for each dataset of a namespace and what feeds it. */
  async tableLineage(namespace) {
    const lines = [];
    for (const { ref } of await this.datasets(namespace)) {
      const { lineage } = await this.cadastre.graphql(FLOWS, { ref });
      const names = this.namesOf(lineage.nodes);
      for (const { from, to, job } of lineage.edges.filter((edge) => edge.to === lineage.root.id)) {
        lines.push(`${names.get(from)} → ${names.get(to)} (${job?.name ?? 'declared'})`);
      }
    }
    return lines;
  }

  /**
   * `source.column → target.column HOW [masked]`, with `*` for what influences every column. Columns that nobody has
   * described are asked about when one of the `expected` lines is.
   */
  async columnLineage(namespace, expected) {
    const lines = new Set();
    for (const { ref, name, columns } of await this.datasets(namespace)) {
      const described = columns.map(({ path }) => path);
      for (const path of new Set([...described, ...targetsIn(expected, this.short(name))])) {
        const { columnLineage } = await this.cadastre.graphql(COLUMN_FLOWS, { ref, column: path });
        const names = this.namesOf(columnLineage.nodes);
        for (const edge of columnLineage.edges) lines.add(columnLine(edge, names));
      }
    }
    return [...lines];
  }

  async all(query, namespace) {
    const found = [];
    for (let after = null, isMore = true; isMore;) {
      const { assets } = await this.cadastre.graphql(query, { namespace, after });
      found.push(...assets.nodes);
      ({ hasNextPage: isMore, endCursor: after } = assets.pageInfo);
    }
    return found;
  }

  namesOf(nodes) {
    return new Map(nodes.map(({ asset }) => [asset.id, this.short(asset.name)]));
  }
}

function targetsIn(lines, dataset) {
  return lines.flatMap((line) => {
    const [target] = line.split(' → ')[1].split(' ');
    const dot = target.lastIndexOf('.');
    return target.slice(0, dot) === dataset && !target.endsWith('*') ? [target.slice(dot + 1)] : [];
  });
}

function columnLine(edge, names) {
  const from = `${names.get(edge.fromAsset)}.${edge.fromColumn}`;
  const to = `${names.get(edge.toAsset)}.${edge.toColumn || '*'}`;
  return `${from} → ${to} ${edge.transformations.join(', ')}${edge.isMasked ? ' masked' : ''}`;
}

function firstLine(text) {
  return text.split('\n')[0].slice(0, 200);
}
