import type { SourceFile } from './source-file.js';

export const SOURCES_OPTIONS = Symbol('SourcesOptions');

export interface SourcesOptions {
  readonly file: SourceFile;
  /** Where files with secrets may lie that people point to over the network. */
  readonly secretsDir: string;
}
