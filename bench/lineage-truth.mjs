// What an answer holds beside what is so: precision and recall of its flows, and of the reading that takes every output of a job
// to be made of every input of it, which is all that can be told without ports.

/** A walk over the generated numbers themselves, downstream, without code of the service. */
export class Truth {
  constructor({ half, jobOfPort, datasetCount }) {
    this.jobOfPort = jobOfPort;
    this.datasetCount = datasetCount;
    this.fed = lists(half, (at) => half.isInput[at] === 1 && [half.asset[at], half.port[at]]);
    this.written = lists(half, (at) => half.isInput[at] === 0 && [half.port[at], half.asset[at]]);
    this.portsOf = new Map();
    jobOfPort.forEach((job, port) => this.portsOf.set(job, [...(this.portsOf.get(job) ?? []), port]));
  }

  /** `from to job` of everything downstream within so many hops. */
  flows(root, maxHops) {
    return this.reach(root, maxHops, (port) => this.written.get(port) ?? []);
  }

  cartesian(root, maxHops) {
    return this.reach(root, maxHops, (port) =>
      this.portsOf.get(this.jobOfPort[port]).flatMap((each) => this.written.get(each) ?? []),
    );
  }

  reach(root, maxHops, outputsOf) {
    const seen = new Set([root]);
    let frontier = [root];
    for (let hop = 1; hop <= maxHops && frontier.length > 0; hop += 1) {
      frontier = frontier
        .flatMap((asset) => (this.fed.get(asset) ?? []).flatMap(outputsOf))
        .filter((asset) => {
          const isNew = !seen.has(asset);
          seen.add(asset);
          return isNew;
        });
    }
    const flows = new Set();
    for (const from of seen) {
      const pairs = (this.fed.get(from) ?? []).flatMap((port) =>
        outputsOf(port).map((to) => [to, this.jobOfPort[port]]),
      );
      for (const [to, job] of pairs) if (seen.has(to)) flows.add(`${from} ${to} ${job}`);
    }
    return flows;
  }
}

function lists(half, pairOf) {
  const found = new Map();
  for (let at = 0; at < half.port.length; at += 1) {
    const pair = pairOf(at);
    if (!pair) continue;
    const list = found.get(pair[0]);
    if (list) list.push(pair[1]);
    else found.set(pair[0], [pair[1]]);
  }
  return found;
}

/** Over all starts together; `answer` gives the flows as the service does, or null where a bound cut it. */
export function compared({ lineage, starts, maxHops, answer }) {
  const truth = new Truth(lineage);
  const sums = { starts: 0, flows: 0, returned: 0, right: 0, cartesian: 0 };
  for (const root of starts) {
    const returned = answer(root);
    if (!returned) continue;
    const flows = new Set([...truth.flows(root, maxHops)].map((flow) => idsOf(flow, lineage)));
    sums.starts += 1;
    sums.flows += flows.size;
    sums.returned += returned.length;
    sums.right += returned.filter(({ from, to, jobId }) => flows.has(`${from} ${to} ${jobId}`)).length;
    sums.cartesian += truth.cartesian(root, maxHops).size;
  }
  return sums;
}

function idsOf(flow, { idOf }) {
  return flow
    .split(' ')
    .map((number) => idOf(Number(number)))
    .join(' ');
}
