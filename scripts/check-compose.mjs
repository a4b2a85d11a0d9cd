// docker-compose.yml, checked without Docker: it is what the Compose specification says, what it names exists, images
// are pinned, secrets come from outside.
import { DCLinter } from 'dclint';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const PINNED = /^[\w./-]+:v?\d+\.\d+[\w.-]*(@sha256:[0-9a-f]{64})?$/;
const SECRET = /PASSWORD|SECRET|MASTER_KEY|TOKEN/;

function problemsOf(text) {
  const file = parse(text);
  const services = Object.entries(file?.services ?? {});
  if (services.length === 0) return ['There are no services.'];
  return services.flatMap(([name, service]) =>
    problemsOfService(name, service ?? {}, file).map((problem) => `${name}: ${problem}`),
  );
}

function problemsOfService(name, service, file) {
  const problems = [];
  if (!PINNED.test(service.image ?? '')) problems.push(`image "${service.image}" is not pinned to a version.`);
  if (!service.healthcheck?.test) problems.push('there is no healthcheck.');
  problems.push(...dependencyProblems(service, file), ...volumeProblems(service, file), ...portProblems(service));
  for (const [variable, value] of Object.entries(service.environment ?? {})) {
    const isFromOutside = String(value).includes('${');
    if (SECRET.test(variable) && !isFromOutside)
      problems.push(`${variable} is written down; take it from the environment.`);
    if (/:\/\/[^$@]*:[^$@]+@/.test(String(value))) problems.push(`${variable} holds a password.`);
  }
  return problems;
}

function dependencyProblems({ depends_on: dependencies = {} }, { services }) {
  const names = Array.isArray(dependencies) ? dependencies : Object.keys(dependencies);
  return names.flatMap((name) => {
    if (!services[name]) return [`depends on ${name}, which is not there.`];
    const isHealthy = dependencies[name]?.condition === 'service_healthy';
    return isHealthy ? [] : [`depends on ${name} without condition: service_healthy.`];
  });
}

function volumeProblems({ volumes = [] }, { volumes: declared }) {
  return volumes
    .map((volume) => String(volume).split(':')[0])
    .filter((source) => !/^[./~$]/.test(source) && !(source in (declared ?? {})))
    .map((source) => `volume ${source} is not declared.`);
}

function portProblems({ ports = [] }) {
  return ports
    .filter((port) => !/^(127\.0\.0\.1:)?(\d+|\$\{\w+:-\d+\}):\d+$/.test(String(port)))
    .map((port) => `port "${port}" is not [127.0.0.1:]host:container.`);
}

/** Errors of the linter are breaches of the specification's JSON schema; its warnings are a matter of taste. */
function specificationProblems(path) {
  return new DCLinter({ rules: {}, quiet: true, debug: false, exclude: [] })
    .lintFiles([path], false)
    .flatMap(({ messages }) => messages)
    .filter(({ type }) => type === 'error')
    .map(({ message }) => message);
}

const problems = [
  ...specificationProblems('docker-compose.yml'),
  ...problemsOf(readFileSync('docker-compose.yml', 'utf8')),
];
for (const problem of problems) process.stdout.write(`docker-compose.yml: ${problem}\n`);
process.exit(problems.length === 0 ? 0 : 1);
