/** PostgreSQL could not be started. The message is for the person who started Cadastre: what is wrong and what to do. */
export class DatabaseStartError extends Error {
  override readonly name = 'DatabaseStartError';
}

/**
 * What to do about a server of somebody else's that could not be connected to or migrated, by the code of the driver or
 * of PostgreSQL (its manual, appendix A). An error that nobody can mend by that is answered as it is.
 */
export function explainServerError(error: unknown, databaseUrl: string): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  const explanation = explanationOf(code, error.message, new URL(databaseUrl));
  return explanation === null ? error : new DatabaseStartError(explanation, { cause: error });
}

function explanationOf(code: string, message: string, url: URL): string | null {
  const server = `${url.hostname}:${url.port || '5432'}`;
  const user = decodeURIComponent(url.username);
  const database = decodeURIComponent(url.pathname.slice(1));
  if (/^E[A-Z_]+$/.test(code)) {
    return `No PostgreSQL answers at ${server} (${code}). Start it, or correct DATABASE_URL.`;
  }
  switch (code) {
    case '28P01':
    case '28000':
      return `PostgreSQL at ${server} does not let the user "${user}" in (${message}). Correct user and password in DATABASE_URL.`;
    case '3D000':
      return `There is no database "${database}" at ${server}. Create it (CREATE DATABASE "${database}"), or correct DATABASE_URL.`;
    case '42501':
      return `The user "${user}" may not set up the database "${database}" at ${server} (${message}). Make it the owner: ALTER DATABASE "${database}" OWNER TO "${user}".`;
    case '57P03':
    case '53300':
      return `PostgreSQL at ${server} takes no connection right now (${message}). Start again in a moment.`;
    default:
      return null;
  }
}
