import type { Engine } from '../support/engines.ts';
import type { Sandbox } from '../support/presyncCli.ts';

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
