import { EXIT, type ExitCode } from './cli-error.js';
import type { Terminal } from './terminal.js';

export async function exportCsv(terminal: Terminal, table: string): Promise<ExitCode> {
  const text = await terminal.client.text({ path: `/api/v1/csv?table=${table}` });
  terminal.out(text.replace(/\r?\n$/, ''));
  return EXIT.OK;
}
