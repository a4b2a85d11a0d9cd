export interface LoopOptions {
  readonly name: string;
  /** Does one piece of work and answers whether there is more right now. */
  readonly step: () => Promise<boolean>;
  readonly idleMs: number;
  readonly onError: (error: unknown) => void | Promise<void>;
}

/**
 * Repeats a step: at once while there is more, otherwise after `idleMs` or when woken. After an error it waits, doubling
 * up to 5 s. `stop` waits for the step in progress.
 */
export class WorkerLoop {
  private isStopping = false;
  private isWoken = false;
  private wakeSleeper: (() => void) | null = null;
  private readonly done: Promise<void>;

  constructor(private readonly options: LoopOptions) {
    this.done = this.run();
  }

  wake(): void {
    this.isWoken = true;
    this.wakeSleeper?.();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    this.wake();
    await this.done;
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.isStopping) {
      this.isWoken = false;
      try {
        const hasMore = await this.options.step();
        failures = 0;
        if (!hasMore) await this.sleep(this.options.idleMs);
      } catch (error) {
        if (this.isStopping) return;
        await this.options.onError(error);
        failures += 1;
        await this.sleep(Math.min(5000, 100 * 2 ** Math.min(failures, 6)));
      }
    }
  }

  private sleep(ms: number): Promise<void> {
    if (this.isStopping || this.isWoken) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wakeSleeper?.(), ms);
      this.wakeSleeper = () => {
        clearTimeout(timer);
        this.wakeSleeper = null;
        resolve();
      };
    });
  }
}
