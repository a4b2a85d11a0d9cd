import { Injectable } from '@nestjs/common';

export type PartState = 'up' | 'down';

/** Longer than this is no answer. */
const MOST_MS = 2000;

/** Servers that only a part of the service needs: without them the rest is ready all the same. */
@Injectable()
export class Health {
  private readonly parts = new Map<string, () => Promise<boolean>>();

  /** To be called while modules are made. */
  add(part: string, isUp: () => Promise<boolean>): void {
    this.parts.set(part, isUp);
  }

  async states(): Promise<Record<string, PartState>> {
    const states = [...this.parts].map(async ([part, isUp]): Promise<[string, PartState]> => [
      part,
      (await withinLimit(isUp())) ? 'up' : 'down',
    ]);
    return Object.fromEntries(await Promise.all(states));
  }
}

async function withinLimit(answer: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), MOST_MS)));
  try {
    return await Promise.race([answer, late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
