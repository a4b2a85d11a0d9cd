import { describe, expect, it } from 'vitest';
import { Explorer, explorerHtml } from './explorer.js';

describe('the explorer page', () => {
  it('loads no script, style, image or frame from anywhere', async () => {
    const html = await explorerHtml();
    const outsideScript = html.slice(0, html.indexOf('<script>')) + html.slice(html.lastIndexOf('</script>'));
    const sources = [...outsideScript.matchAll(/\s(?:src|href)="([^"]*)"/g)].map(([, source = '']) => source);
    expect(sources.filter((source) => !source.startsWith('data:'))).toEqual([]);
    expect(outsideScript).not.toMatch(/@import|url\(\s*["']?(?:https?:)?\/\//);
    expect(html.indexOf('</script>')).toBe(html.lastIndexOf('</script>'));
    expect(html).not.toMatch(/<script[^>]+src\s*=\s*["']?(?:https?:)?\/\//);
    expect(html).not.toMatch(/https?:\/\/(?:unpkg\.com|cdn\.|[a-z.]*jsdelivr\.net|esm\.sh|fonts\.g)/);
  });

  it('opens with three examples and says how to sign in', async () => {
    const html = await explorerHtml();
    for (const name of ['query Search', 'query Datasets', 'query Lineage']) expect(html).toContain(name);
    expect(html).toContain('Headers tab');
  });

  it('forbids the browser to load anything from elsewhere', async () => {
    const { contentSecurityPolicy } = await new Explorer().page();
    expect(contentSecurityPolicy).toContain("default-src 'none'");
    expect(contentSecurityPolicy).not.toMatch(/https?:|\*|unsafe-eval/);
    expect(contentSecurityPolicy).toMatch(/script-src 'sha256-[A-Za-z0-9+/=]{44}' blob:/);
  });
});
