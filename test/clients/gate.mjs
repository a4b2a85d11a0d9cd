// Stands between a client and Cadastre and notes what passes: only on the wire can be seen how a client packs and repeats.
import { createServer, request } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** Forwards everything unchanged. `exchanges` holds each request to an ingestion path with its answer, oldest first. */
export async function startGate(target) {
  const exchanges = [];
  let kept = [];
  const server = createServer((incoming, outgoing) => {
    void pass(incoming, outgoing, target).then((exchange) => exchanges.push(exchange));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    exchanges,
    /** What has passed since the last call. */
    taken() {
      const taken = exchanges.splice(0);
      kept.push(...taken);
      return taken;
    },
    /** Everything since the last call, taken or not. */
    kept() {
      this.taken();
      const all = kept;
      kept = [];
      return all;
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

async function pass(incoming, outgoing, target) {
  const at = Date.now();
  const body = await read(incoming);
  const { host: _, ...headers } = incoming.headers;
  const forwarded = request(target + incoming.url, { method: incoming.method, headers });
  const answer = await new Promise((resolve, reject) => {
    forwarded.once('response', resolve);
    forwarded.once('error', reject);
    forwarded.end(body);
  });
  const answerBody = await read(answer);
  outgoing.writeHead(answer.statusCode, answer.headers).end(answerBody);
  return {
    at,
    path: incoming.url,
    encoding: incoming.headers['content-encoding'] ?? null,
    userAgent: incoming.headers['user-agent'] ?? null,
    bytes: body.length,
    event: eventIn(body),
    status: answer.statusCode,
    retryAfter: answer.headers['retry-after'] ?? null,
    answer: answerBody.toString('utf8').slice(0, 500),
  };
}

async function read(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function eventIn(body) {
  const isGzip = body[0] === 0x1f && body[1] === 0x8b;
  return JSON.parse((isGzip ? gunzipSync(body) : body).toString('utf8'));
}
