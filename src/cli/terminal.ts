import { Client } from './client.js';

/** Options that every command has. */
export interface CommonOptions {
  readonly url: string;
  readonly token?: string;
  readonly purpose?: string;
  readonly json?: boolean;
}

/** Where a command writes: results to `out`, everything else to `note`. */
export interface Terminal {
  readonly isJson: boolean;
  readonly client: Client;
  out(text: string): void;
  note(text: string): void;
  /** Replaces the progress line; does nothing unless somebody watches. */
  progress(text: string): void;
}

export function terminalFor(options: CommonOptions): Terminal {
  const isWatched = process.stderr.isTTY;
  let hasProgress = false;
  const clear = () => (hasProgress ? '\r\x1b[K' : '');
  const note = (text: string) => {
    process.stderr.write(`${clear()}${text}\n`);
    hasProgress = false;
  };
  return {
    isJson: options.json ?? false,
    client: new Client({
      url: options.url,
      token: options.token,
      purpose: options.purpose,
      onRetry: (reason, waitMs) => note(`${reason}; trying again in ${(waitMs / 1000).toFixed(1)} s.`),
    }),
    out(text) {
      if (hasProgress) process.stderr.write(clear());
      hasProgress = false;
      process.stdout.write(`${text}\n`);
    },
    note,
    progress(text) {
      if (!isWatched) return;
      process.stderr.write(`\r\x1b[K${text}`);
      hasProgress = true;
    },
  };
}

/** Rows with aligned columns; the last column is as wide as it likes. */
export function table(rows: readonly (readonly string[])[]): string {
  const columnCount = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columnCount }, (_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows
    .map((row) => row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  '))
    .join('\n');
}
