/** PostgreSQL could not be started. The message is for the person who started Cadastre: what is wrong and what to do. */
export class DatabaseStartError extends Error {
  override readonly name = 'DatabaseStartError';
}
