/** One query or script with the edges that it must have. */
export interface SqlCase {
  readonly name: string;
  readonly dialect: string;
  readonly sql: string;
  readonly expected: readonly string[];
  /** False for what the parser is known to refuse. */
  readonly isParsed: boolean;
}

/** Reads `== name [dialect]`, with ` !` where the parser refuses it, the SQL, `--`, and one edge a line. Lines that begin with `#` are comments. */
export function sqlCases(text: string): SqlCase[] {
  const body = text.replaceAll(/^# .*\n/gm, '').replaceAll(/^#.*\n/gm, '');
  return body
    .split(/^== /m)
    .slice(1)
    .map((block) => {
      const [head = '', ...rest] = block.split('\n');
      const [, name = head, dialect = 'postgres'] = /^(.*?)(?: \[(\w+)\])?(?: !)?$/.exec(head.trim()) ?? [];
      const split = rest.indexOf('--');
      return {
        name: `${name} [${dialect}]`,
        dialect,
        isParsed: !head.trim().endsWith(' !'),
        sql: rest.slice(0, split).join('\n'),
        expected: rest.slice(split + 1).filter((edge) => edge.trim() !== ''),
      };
    });
}
