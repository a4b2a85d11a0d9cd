// The OpenLineage Python client: synchronous and asynchronous, plain and gzip, repeated, refused and held off.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonWith, run, versions } from './tools.mjs';
import { Wire } from './wire.mjs';

const program = fileURLToPath(new URL('./python/send.py', import.meta.url));
const HTTP = { OPENLINEAGE__TRANSPORT__TYPE: 'http' };
const ASYNC = { OPENLINEAGE__TRANSPORT__TYPE: 'async_http' };
const GZIP = { OPENLINEAGE__TRANSPORT__COMPRESSION: 'gzip' };

export const python = {
  name: `openlineage-python ${versions['openlineage-python']}`,
  async run({ tools, cadastre, gate, check }) {
    const programs = await pythonWith(join(tools, 'python'), ['openlineage-python']);
    const send = (namespace, { TOKEN = cadastre.token, ...transport }) => {
      const where =
        transport.OPENLINEAGE__TRANSPORT__TYPE === undefined ? shortForm(gate.url, TOKEN) : longForm(gate.url, TOKEN);
      return run(join(programs, 'python'), [program, namespace], { env: { ...where, ...transport } });
    };
    const wire = new Wire({ cadastre, gate, send });
    await check('http', () => wire.arrives('python-http', {}));
    await check('http, gzip', () => wire.arrivesCompressed('python-gzip', { ...HTTP, ...GZIP }));
    await check('async', () => wire.arrives('python-async', ASYNC));
    await check('async, gzip', () => wire.arrivesCompressed('python-async-gzip', { ...ASYNC, ...GZIP }));
    await check('http, everything twice', () => wire.changesNothing('python-http', {}));
    await check('async, everything twice', () => wire.changesNothing('python-async', ASYNC));
    await check('http, token for another namespace', () => wire.isRefused('python-refused', {}));
    await check('async, token for another namespace', () => wire.isRefused('python-async-refused', ASYNC));
    await check('http, service busy', () => wire.comesThrough('python-busy', {}));
    await check('async, service busy', () => wire.comesThrough('python-async-busy', ASYNC));
  },
};

function shortForm(url, token) {
  return { OPENLINEAGE_URL: url, OPENLINEAGE_API_KEY: token };
}

function longForm(url, token) {
  return {
    OPENLINEAGE__TRANSPORT__URL: url,
    OPENLINEAGE__TRANSPORT__AUTH: JSON.stringify({ type: 'api_key', apiKey: token }),
  };
}
