import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

/** See there. */
const probe = resolve('test/soak/liveMemory.cjs');

/** What a process keeps, as it says itself when it is asked. Each process has a file of its own for its answers. */
export class LiveMemory {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** For the process to be started with. */
  get env(): Record<string, string> {
    return { NODE_OPTIONS: `--require=${probe}`, PRESYNC_SOAK_MEMORY: this.#file };
  }

  /** Asks; the answer is there a moment later. */
  ask(process: ChildProcess): void {
    process.kill('SIGUSR2');
  }

  /** In bytes, what was answered since the last time. */
  take(): number | undefined {
    if (!existsSync(this.#file)) return undefined;
    const text = readFileSync(this.#file, 'utf8');
    rmSync(this.#file);
    const { heapUsed, external } = JSON.parse(text) as NodeJS.MemoryUsage;
    return heapUsed + external;
  }
}
