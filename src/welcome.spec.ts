import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { prettyLine } from './platform/observability/pretty-lines.js';
import { welcomeText } from './welcome.js';

const url = 'http://127.0.0.1:4000';

describe('welcomeText', () => {
  it('shows the people with their tokens, and what to try with the first', () => {
    const newcomers = [
      { handle: 'ada', name: 'Ada', about: 'administrator', token: 'cad_1' },
      { handle: 'benedikt', name: 'Benedikt', about: 'analyst', token: 'cad_22' },
    ];
    const text = welcomeText({ url, hasExplorer: true, newcomers });
    expect(text).toContain('  Explorer  http://127.0.0.1:4000/explorer\n');
    expect(text).toContain('  Ada       cad_1   administrator\n  Benedikt  cad_22  analyst\n');
    expect(text).toContain('export CADASTRE_URL=http://127.0.0.1:4000 CADASTRE_TOKEN=cad_1');
    expect(text.match(/npx cadastre/g)).toHaveLength(3);
  });

  it('gives the administrator of an empty catalog something to put in before looking for it', () => {
    const admin = { handle: 'admin', name: 'Administrator', about: 'may everything', token: 'cad_1' };
    const text = welcomeText({ url, hasExplorer: true, newcomers: [admin] });
    const [, file = '', name = ''] = /ingest openlineage (\S+)\n.*lineage (\S+)\n/.exec(text) ?? [];
    expect(readFileSync(file, 'utf8')).toContain(name);
  });

  it('says only where the service is when nobody is new', () => {
    expect(welcomeText({ url, hasExplorer: false, newcomers: [] })).toBe(
      '\nCadastre is ready at http://127.0.0.1:4000\n  GraphQL   http://127.0.0.1:4000/graphql\n\n',
    );
  });
});

describe('prettyLine', () => {
  it('puts time, level and message before the rest', () => {
    const line = '{"level":"warn","time":"2026-11-24T12:30:00.123Z","requestId":"r1","msg":"Slow."}\n';
    expect(prettyLine(line)).toBe('12:30:00.123 WARN  Slow. requestId="r1"\n');
  });
});
