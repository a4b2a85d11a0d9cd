import { isObject, storable, uniqueSorted } from '../json.js';
import { refText, type AssetRef, type FactAttribute, type FactStatement } from '../statement.js';
import type { DbtProject } from './project.js';
import type { Say } from './words.js';

/** Collects what a project says. A seed and a source may be one table: what was said first stays, the other fills in. */
export class DbtFacts {
  private readonly registers = new Map<string, FactStatement>();
  private readonly assets = new Map<string, AssetRef>();

  constructor(private readonly project: DbtProject) {}

  get list(): FactStatement[] {
    return [...this.registers.values()];
  }

  /** Everything that was said something about. */
  get described(): AssetRef[] {
    return [...this.assets.values()];
  }

  about(asset: AssetRef): Say {
    const ref = refText(asset);
    this.assets.set(ref, asset);
    return (attribute, value, assertedAt = this.project.generatedAt) => {
      const key = `${ref} ${attribute}`;
      const known = this.registers.get(key);
      const said = storable(value ?? null);
      if (known && !isSilent(known.value)) {
        this.registers.set(key, { ...known, value: joined(attribute, known.value, said) });
        return;
      }
      this.registers.set(key, { asset, columnPath: '', attribute, value: said, assertedAt, assertedBy: 'dbt' });
    };
  }
}

function isSilent(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function joined(attribute: FactAttribute, first: unknown, second: unknown): unknown {
  if (attribute === 'columnWords' && isObject(first) && isObject(second)) return { ...second, ...first };
  if (!['tags', 'terms', 'facet:dbtTests'].includes(attribute)) return first;
  if (!Array.isArray(first) || !Array.isArray(second)) return first;
  return attribute === 'facet:dbtTests' ? [...first, ...second] : uniqueSorted([...first, ...second]);
}
