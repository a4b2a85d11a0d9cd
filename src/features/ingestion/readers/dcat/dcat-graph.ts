import { isObject, listAt, textAt, type JsonObject } from '../json.js';
import { NS } from './dcat-context.js';

/** Nodes of a flattened JSON-LD document, and how to read their values. */
export class DcatGraph {
  private readonly byId: ReadonlyMap<string, JsonObject>;

  constructor(
    private readonly nodes: readonly JsonObject[],
    /** Of texts in several languages. */
    private readonly language: string,
  ) {
    this.byId = new Map(nodes.map((node) => [idOf(node), node]));
  }

  ofType(...types: readonly string[]): JsonObject[] {
    return this.nodes.filter((node) => typesOf(node).some((type) => types.includes(type)));
  }

  /** Nodes that the values point to; one of which nothing is said is a node with its address alone. */
  linked(node: JsonObject, property: string): JsonObject[] {
    return listAt(node, property).flatMap((value): JsonObject[] => {
      const id = textAt(value, '@id');
      return id === null ? [] : [this.byId.get(id) ?? { '@id': id }];
    });
  }

  /** In the language asked for, else without a language, else in the first by name. */
  text(node: JsonObject, ...properties: readonly string[]): string | null {
    for (const property of properties) {
      const texts = this.texts(node, property);
      if (texts[0] !== undefined) return texts[0];
    }
    return null;
  }

  /** All of one language. Addresses count as texts without one. */
  texts(node: JsonObject, property: string): string[] {
    const values = listAt(node, property).flatMap((value) => {
      const text = valueText(value);
      return text === null ? [] : { text, language: textAt(value, '@language')?.toLowerCase() ?? '' };
    });
    const languages = [...new Set(values.map(({ language }) => language))].toSorted((a, b) => this.order(a, b));
    const [best] = languages;
    return values.filter(({ language }) => language === best).map(({ text }) => text);
  }

  /** A name for people; else the address. */
  label(node: JsonObject): string | null {
    const id = idOf(node);
    const name = this.text(
      node,
      `${NS.foaf}name`,
      `${NS.vcard}fn`,
      `${NS.skos}prefLabel`,
      `${NS.dct}title`,
      `${NS.rdfs}label`,
    );
    return name ?? (id.startsWith('_:') ? null : id);
  }

  private order(a: string, b: string): number {
    const rank = (language: string): number => {
      if (language === this.language || language.startsWith(`${this.language}-`)) return 0;
      return language === '' ? 1 : 2;
    };
    return rank(a) - rank(b) || Number(a > b) - Number(a < b);
  }
}

export function idOf(node: JsonObject): string {
  return textAt(node, '@id') ?? '';
}

/** Null for a node without an address of its own. */
export function iriOf(node: JsonObject): string | null {
  const id = idOf(node);
  return id === '' || id.startsWith('_:') ? null : id;
}

export function typesOf(node: JsonObject): string[] {
  return listAt(node, '@type').filter((type): type is string => typeof type === 'string');
}

function valueText(value: unknown): string | null {
  if (!isObject(value)) return null;
  const said = value['@value'];
  if (typeof said === 'string') return said.trim() === '' ? null : said.trim();
  if (typeof said === 'number' || typeof said === 'boolean') return String(said);
  const id = textAt(value, '@id');
  return id === null || id.startsWith('_:') ? null : id;
}
