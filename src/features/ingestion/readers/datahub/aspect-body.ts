import { isObject, type JsonObject } from '../json.js';

/** Who wrote an aspect and when, in DataHub. */
const STAMPS = ['lastModified', 'created', 'auditStamp'];

/** An aspect that knows which of its fields were taken, so that the others can be listed. */
export class AspectBody {
  private readonly taken = new Set<string>();
  private readonly parts: { readonly path: string; readonly body: AspectBody }[] = [];

  constructor(private readonly body: JsonObject) {}

  take(key: string): unknown {
    this.taken.add(key);
    return Object.hasOwn(this.body, key) ? this.body[key] : undefined;
  }

  /** A text that says something, or null. Unions spell it `{"string": "…"}`. */
  text(key: string): string | null {
    return textIn(this.take(key));
  }

  number(key: string): number | null {
    const value = this.take(key);
    return typeof value === 'number' ? value : null;
  }

  texts(key: string): string[] {
    const value = this.take(key);
    return (Array.isArray(value) ? value : []).flatMap((each: unknown) => textIn(each) ?? []);
  }

  /** The objects of a list; their fields are watched too. */
  items(key: string): AspectBody[] {
    const value = this.take(key);
    return (Array.isArray(value) ? value : []).flatMap((each: unknown) =>
      isObject(each) ? [this.watch(`${key}[]`, each)] : [],
    );
  }

  object(key: string): AspectBody {
    const value = this.take(key);
    return this.watch(key, isObject(value) ? value : {});
  }

  /** Null when it is missing or says nothing. */
  whole(key: string): unknown {
    const value = this.take(key);
    return isEmpty(value) ? null : value;
  }

  /** The given fields, without those that say nothing; null when nothing is left. */
  pick(...keys: readonly string[]): JsonObject | null {
    const entries = keys.map((key) => [key, this.whole(key)] as const).filter(([, value]) => value !== null);
    return entries.length > 0 ? Object.fromEntries(entries) : null;
  }

  /** Every field. */
  everything(): JsonObject | null {
    return this.pick(...Object.keys(this.body));
  }

  /** URN of who wrote it. */
  author(): string | null {
    const actors = STAMPS.map((key) => textIn(stampIn(this.take(key))['actor']));
    return actors.find((actor) => actor !== null) ?? null;
  }

  /** Paths of the fields that say something and were not taken. */
  left(): string[] {
    const own = Object.keys(this.body).filter((key) => !this.taken.has(key) && !isEmpty(this.body[key]));
    const inner = this.parts.flatMap(({ path, body }) => body.left().map((key) => `${path}.${key}`));
    return [...new Set([...own, ...inner])].sort();
  }

  private watch(path: string, value: JsonObject): AspectBody {
    const body = new AspectBody(value);
    this.parts.push({ path, body });
    return body;
  }
}

function textIn(value: unknown): string | null {
  const text = isObject(value) ? value['string'] : value;
  return typeof text === 'string' && text.trim() !== '' ? text : null;
}

/** Dashboards and charts have both stamps in one. */
function stampIn(value: unknown): JsonObject {
  if (!isObject(value)) return {};
  const inner = value['lastModified'];
  return isObject(inner) ? inner : value;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.values(value).every(isEmpty);
}
