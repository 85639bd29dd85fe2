import type { Engine } from '../support/engines.ts';
import type { Sandbox } from '../support/presyncCli.ts';

export interface Row {
  readonly what: string;
  readonly value: string;
  readonly aim?: string;
}

/** A suite's engine, and two equal trees: presync's and the stock CLI's, since they must not share BuildKit's copy. */
export interface Rig {
  readonly engine: Engine;
  readonly sandbox: Sandbox;
  readonly context: string;
  readonly stockContext: string;
  readonly rounds: number;
}

export const tag = 'presync-bench';
export const stockTag = 'presync-bench-stock';

/** How many milliseconds `run` takes. */
export async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

export const ms = (value: number): string => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
