// What every client has to come through on the wire, whatever language it is written in.
import { setTimeout as sleep } from 'node:timers/promises';
import { BACKLOG_LIMIT } from './cadastre.mjs';
import { Difference, same, sameLines } from './differences.mjs';
import { SHOP_EVENTS, shopStands } from './shop.mjs';

/** A client is a function that sends the shop's events: `send(namespace, env)` answers with exit code and output. */
export class Wire {
  constructor({ cadastre, gate, send }) {
    this.cadastre = cadastre;
    this.gate = gate;
    this.send = send;
  }

  /** Everything is taken at once and stands in the catalog as the queries say. */
  async arrives(namespace, env) {
    const passed = await this.sent(namespace, env);
    sameLines(
      'statuses',
      passed.map(({ status }) => `${status}`),
      ['201'],
    );
    same('events', passed.length, SHOP_EVENTS);
    await this.stands(namespace);
    const bytes = passed.reduce((sum, exchange) => sum + exchange.bytes, 0);
    const paths = [...new Set(passed.map(({ path }) => path))].join(' and ');
    return `${passed.length} events to ${paths}, ${bytes} bytes, ${encodingOf(passed)}`;
  }

  async arrivesCompressed(namespace, env) {
    const note = await this.arrives(namespace, env);
    if (!note.endsWith('gzip')) throw new Difference(`the client did not compress: ${note}`);
    return note;
  }

  /** The same bytes again change not a byte of the catalog. */
  async changesNothing(namespace, env) {
    const before = await this.cadastre.dump();
    const passed = await this.sent(namespace, env);
    sameLines(
      'statuses',
      passed.map(({ status }) => `${status}`),
      ['201'],
    );
    await this.cadastre.settle();
    if ((await this.cadastre.dump()) !== before) throw new Difference('the catalog changed');
    return `${passed.length} events, nothing changed`;
  }

  /** A token for another namespace: 403, which no client repeats, and nothing is kept. */
  async isRefused(namespace, env) {
    this.gate.taken();
    const token = await this.cadastre.tokenFor(['elsewhere']);
    const { output } = await this.send(namespace, { ...env, TOKEN: token });
    const passed = this.gate.taken();
    sameLines(
      'statuses',
      passed.map(({ status }) => `${status}`),
      ['403'],
    );
    await this.cadastre.settle();
    sameLines('kept', await this.cadastre.namesIn(namespace), []);
    return `${passed.length} requests; the client says: ${reported(output, /403|forbidden/i)}`;
  }

  /** 503 with Retry-After while too much waits; the client comes again and nothing is lost. */
  async comesThrough(namespace, env) {
    this.gate.taken();
    const { output } = await this.cadastre.whileBusy(async (letGo) => {
      await this.fill(namespace);
      const sending = this.send(namespace, env);
      while (!this.gate.exchanges.some(({ status }) => status === 503)) await sleep(50);
      await letGo();
      return sending;
    });
    const passed = this.gate.taken();
    const lost = passed.filter(({ status }) => status === 503).length;
    const taken = passed.filter(({ status }) => status === 201).length;
    if (taken !== SHOP_EVENTS)
      throw new Difference(`${taken} of ${SHOP_EVENTS} events came through: ${reported(output, /503/)}`);
    await this.stands(namespace);
    return `503 ${lost} times, again after ${waits(passed).join(', ')} s`;
  }

  async sent(namespace, env) {
    this.gate.taken();
    const { code, output } = await this.send(namespace, env);
    if (code !== 0) throw new Difference(`the client ended with ${code}: ${output.slice(-600)}`);
    return this.gate.taken();
  }

  async stands(namespace) {
    await this.cadastre.settle();
    await shopStands(this.cadastre, namespace);
  }

  /** As many messages as may wait, and one more; the service counts once a second. */
  async fill(namespace) {
    const events = Array.from({ length: BACKLOG_LIMIT + 1 }, (_, i) => ({
      eventType: 'OTHER',
      eventTime: '2026-03-01T00:00:00Z',
      producer: 'https://shop.example/filler',
      run: { runId: `${namespace}-${i}` },
      job: { namespace: 'filler', name: 'filler' },
    }));
    await this.cadastre.post('/api/v1/lineage/batch', events);
    await sleep(1200);
  }
}

function encodingOf(passed) {
  return [...new Set(passed.map(({ encoding }) => encoding ?? 'plain'))].join(' and ');
}

/** The line in which a client tells its user. */
function reported(output, pattern) {
  const line = output.split('\n').find((text) => pattern.test(text));
  return line === undefined ? 'nothing' : `"${line.trim().slice(0, 200)}"`;
}

/** Seconds between a 503 and the same event's next attempt. */
function waits(passed) {
  const seconds = passed.flatMap((exchange, index) => {
    if (exchange.status !== 503) return [];
    const body = JSON.stringify(exchange.event);
    const next = passed.slice(index + 1).find(({ event }) => JSON.stringify(event) === body);
    return next ? [((next.at - exchange.at) / 1000).toFixed(1)] : [];
  });
  return [...new Set(seconds)];
}
