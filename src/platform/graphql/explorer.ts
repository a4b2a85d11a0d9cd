import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** The explorer page, ready to be sent. */
export interface ExplorerPage {
  /** UTF-8, compressed: 9 MB of HTML are 2 MB. */
  readonly gzipped: Buffer;
  readonly contentSecurityPolicy: string;
  readonly etag: string;
}

/** How whoever opens the page is known: by a token that he puts into it, or by a session of his browser. */
export type ExplorerSignIn = 'token' | 'session';

const HOW_TO_SIGN_IN: Readonly<Record<ExplorerSignIn, string>> = {
  token: `# Sign in: put your token into the Headers tab below, in place of YOUR-TOKEN.
# The service printed the tokens when it first started; \`tokenCreate\` makes more.
`,
  session: `# You are signed in by your browser. To sign out, open /auth/logout.
`,
};

const TOKEN_HEADERS = JSON.stringify({ Authorization: 'Bearer YOUR-TOKEN' }, null, 2);

const EXAMPLES = [
  `
# 1 of 3: find something by its name, a part of it, or what is said about it.
query Search {
  search(query: "orders", first: 10) {
    totalCount
    nodes {
      tier
      asset { ref kind displayName description owners }
      column { path }
    }
  }
}
`,
  `
# 2 of 3: what the catalog knows about its first datasets, and what you may do with them.
query Datasets {
  assets(filter: { kinds: [DATASET] }, first: 5) {
    totalCount
    nodes {
      ref
      description
      sensitivity
      viewerCan
      provenance { attribute source by at }
      ... on Dataset { columns { path dataType description sensitivity } }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  `
# 3 of 3: what is fed by an asset. Take a ref from one of the other tabs.
query Lineage($ref: String!) {
  lineage(ref: $ref, direction: DOWNSTREAM, maxHops: 3, maxNodes: 100) {
    truncated
    nodes { distance asset { ref displayName } }
    edges { from to job { name } origins lastSeenAt }
  }
}
`,
];

/** GraphiQL with everything it needs inside one page, so that it works without the internet. Made on first use. */
@Injectable()
export class Explorer {
  private readonly made = new Map<ExplorerSignIn, Promise<ExplorerPage>>();

  page(signIn: ExplorerSignIn = 'token'): Promise<ExplorerPage> {
    const known = this.made.get(signIn) ?? makePage(signIn);
    this.made.set(signIn, known);
    return known;
  }
}

async function makePage(signIn: ExplorerSignIn): Promise<ExplorerPage> {
  const html = await explorerHtml(signIn);
  return {
    gzipped: await promisify(gzip)(html),
    contentSecurityPolicy: policyFor(html),
    etag: `"${sha256(html).slice(0, 22)}"`,
  };
}

export async function explorerHtml(signIn: ExplorerSignIn = 'token'): Promise<string> {
  const headers = signIn === 'token' ? TOKEN_HEADERS : '{}';
  // 9 MB of text: not loaded by a service whose explorer nobody opens.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  return renderGraphiQL({
    title: 'Cadastre explorer',
    endpoint: '/graphql',
    headers,
    defaultHeaders: headers,
    defaultTabs: EXAMPLES.map((query, index) => ({
      query: HOW_TO_SIGN_IN[signIn] + query,
      headers,
      variables: index === 2 ? JSON.stringify({ ref: 'dataset:…' }, null, 2) : null,
    })),
    defaultEditorToolsVisibility: 'headers',
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
    // The page is served to anybody; a cookie of another service on this host is none of its business.
    credentials: signIn === 'token' ? 'omit' : 'same-origin',
  });
}

/** Nothing from elsewhere; the one script of the page is named by its hash, its editor runs workers from blobs. */
function policyFor(html: string): string {
  const script = html.slice(html.indexOf('<script>') + '<script>'.length, html.lastIndexOf('</script>'));
  return [
    "default-src 'none'",
    `script-src 'sha256-${sha256(script)}' blob:`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
