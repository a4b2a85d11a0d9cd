// The OpenLineage Java client: plain and gzip, repeated, refused and held off.
import { mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jarsOf, must, run, versions } from './tools.mjs';
import { Wire } from './wire.mjs';

const source = fileURLToPath(new URL('./java/Send.java', import.meta.url));

export const java = {
  name: `openlineage-java ${versions['openlineage-java']}`,
  async run({ tools, folder, cadastre, gate, check }) {
    const artifact = { artifact: 'openlineage-java', version: versions['openlineage-java'] };
    const jars = await jarsOf(join(tools, 'java'), artifact);
    const classes = join(folder, 'classes');
    mkdirSync(classes, { recursive: true });
    await must('no Java compiler', 'javac', ['-version']);
    const compiled = await run('javac', ['-cp', join(jars.folder, '*'), '-d', classes, source]);
    if (compiled.code !== 0) throw new Error(`Send.java does not compile:\n${compiled.output}`);
    const classpath = [classes, join(jars.folder, '*')].join(delimiter);
    const send = (namespace, { TOKEN = cadastre.token, ...more }) =>
      run('java', ['-cp', classpath, 'Send', namespace], { env: { ...transport(gate.url, TOKEN), ...more } });
    const wire = new Wire({ cadastre, gate, send });
    await check('http', () => wire.arrives('java-http', {}));
    await check('http, gzip', () =>
      wire.arrivesCompressed('java-gzip', { OPENLINEAGE__TRANSPORT__COMPRESSION: 'gzip' }),
    );
    await check('http, everything twice', () => wire.changesNothing('java-http', {}));
    await check('http, token for another namespace', () => wire.isRefused('java-refused', {}));
    await check('http, service busy', () => wire.comesThrough('java-busy', {}));
    await check('http, url with a slash: POST /', () =>
      wire.arrives('java-root', { OPENLINEAGE__TRANSPORT__URL: `${gate.url}/` }),
    );
  },
};

function transport(url, token) {
  return {
    OPENLINEAGE__TRANSPORT__TYPE: 'http',
    OPENLINEAGE__TRANSPORT__URL: url,
    OPENLINEAGE__TRANSPORT__AUTH: JSON.stringify({ type: 'api_key', apiKey: token }),
  };
}
