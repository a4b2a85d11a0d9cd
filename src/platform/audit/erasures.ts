import { Injectable } from '@nestjs/common';

type Erase = (accountId: string) => Promise<void>;

/** What features keep about a person besides what he did: each takes away its own when the person is erased. */
@Injectable()
export class Erasures {
  private readonly erasers: Erase[] = [];

  /** To be called while modules are made. `erase` runs in the transaction of the erasure. */
  add(erase: Erase): void {
    this.erasers.push(erase);
  }

  async run(accountId: string): Promise<void> {
    for (const erase of this.erasers) await erase(accountId);
  }
}
