import { parentPort, workerData } from 'node:worker_threads';
import type { GraphThreadOptions, ToGraph } from './graph-messages.js';
import { GraphServer } from './graph-server.js';

/** The thread in which the lineage graph lives: a walk over all of it takes a tenth of a second, and blocks nobody here. */
const port = parentPort;
const server = new GraphServer(workerData as GraphThreadOptions, (message) => port?.postMessage(message));

port?.on('message', (message: ToGraph) => {
  if (message.type === 'ASK') server.ask(message);
  else void server.stop().then(() => port.close());
});
server.start();
