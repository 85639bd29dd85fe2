import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../support/engines.ts';
import type { Sandbox } from '../support/presyncCli.ts';
import { finished } from '../support/presyncCli.ts';

const pollMs = 5;
const giveUpMs = 120_000;

/** A suite's engine, and two equal trees: presync's and the stock CLI's, since they must not share BuildKit's copy. */
export interface Rig {
  /** A folder for what else is needed. */
  readonly home: string;
  readonly engine: Engine;
  readonly sandbox: Sandbox;
  readonly context: string;
  readonly stockContext: string;
  /** How many each has. */
  readonly files: number;
  readonly rounds: number;
}

export const tag = 'presync-bench';
export const stockTag = 'presync-bench-stock';

/** Runs `work` while the rig's context is watched. */
export async function whileWatched<T>(
  { sandbox, context }: Rig,
  args: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const watch = await sandbox.watch(context, args);
  try {
    return await work();
  } finally {
    const ended = finished(watch, 'presync watch');
    watch.kill('SIGINT');
    await ended;
  }
}

/** What the daemon says of itself; asked directly, since starting the CLI would take longer than what is measured. */
export async function daemonStatus(socketPath: string): Promise<DaemonStatus> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ socketPath, path: '/presync/v1/status' }, resolve).once('error', reject).end();
  });
  return (await json(response)) as DaemonStatus;
}

export interface DaemonStatus {
  readonly background: { readonly finished: number };
  readonly contexts: readonly { readonly path: string; readonly snapshot: string; readonly primed: boolean }[];
}

/** Polls until it holds, and returns when that was. */
export async function until(holds: () => Promise<boolean>): Promise<number> {
  const end = performance.now() + giveUpMs;
  for (;;) {
    if (await holds()) return performance.now();
    if (performance.now() > end) throw new Error(`nothing came of it within ${giveUpMs} ms`);
    await sleep(pollMs);
  }
}

/** How many milliseconds `run` takes. */
export async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
