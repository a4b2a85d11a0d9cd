import type { ConfigFile } from '../../config/config-file.js';

export const SOURCES_OPTIONS = Symbol('SourcesOptions');

export interface SourcesOptions {
  readonly file: ConfigFile;
  /** Where files with secrets may lie that people point to over the network. */
  readonly secretsDir: string;
}
