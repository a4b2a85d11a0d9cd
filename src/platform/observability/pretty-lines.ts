import type { LogOptions } from './log.js';

/** Log lines for people: time, level, message, then what else is known. */
export function prettyLines(out: { write(text: string): unknown }): NonNullable<LogOptions['destination']> {
  return { write: (line) => void out.write(prettyLine(line)) };
}

export function prettyLine(line: string): string {
  const { level, time, msg, ...rest }: Record<string, unknown> = JSON.parse(line);
  const clock = String(time).slice(11, 23);
  const details = Object.entries(rest).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  return `${clock} ${String(level).toUpperCase().padEnd(5)} ${String(msg)}${details.join('')}\n`;
}
