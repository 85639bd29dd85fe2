/**
 * The process in which @parcel/watcher runs: the composition root of dist/watcher.js. See parcelProcess.ts for why.
 * It subscribes as it is told, and tells events; it ends with the process that started it.
 */
import { tmpdir } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SubscribeCallback } from '@parcel/watcher';
import { errorMessage, systemErrorCode } from '../base/errors.ts';
import { changedBeside } from './changedBeside.ts';
import { workspaceLimits } from './limits.ts';
import type { WatchAnswer, WatchOrder } from './parcelProcess.ts';

/** The system's messages that the library hands on without their codes. */
const codes: Readonly<Record<string, string>> = {
  'No space left on device': 'ENOSPC',
  'Too many open files': 'EMFILE',
  'Permission denied': 'EACCES',
  'No such file or directory': 'ENOENT',
  'Not a directory': 'ENOENT',
};

async function main(): Promise<void> {
  const parcel = await import('@parcel/watcher');
  // The library would wait for ever for a watcher that the system refuses it. A thread's loop has one of its own.
  if (process.platform === 'linux') await runThread(`require('node:fs').watch(${JSON.stringify(tmpdir())}).close()`);

  const crowd = new Crowd();
  const subscribe = async ({ path, ignorePaths, looksBeside }: Extract<WatchOrder, { do: 'subscribe' }>) => {
    const onEvents: SubscribeCallback = (error, events) => {
      if (error !== null) return tell({ failed: failure(error) });
      const paths = events.map((event) => event.path);
      const crowded = crowd.add(paths.length);
      tell({ changed: crowded || !looksBeside ? paths : [...paths, ...changedBeside(paths)], crowded });
    };
    // Not its `ignore`, which takes some names for patterns.
    await parcel.subscribe(path, onEvents, { ignorePaths } as Parameters<typeof parcel.subscribe>[2]);
  };

  /**
   * On Linux all subscriptions share one inotify instance, and its events are put into their lists in order. The lists
   * are handed over one after the other by a thread that holds a lock meanwhile (Debounce::notify), and a cookie's may
   * be the first. Every unsubscribe takes that lock (in Watcher's constructor), so after one of a callback that nobody
   * knows all lists are handed over, and in the next turn they have been told.
   */
  const catchUp = async (path: string) => {
    await parcel.unsubscribe(path, () => {});
    await new Promise(setImmediate);
  };

  process.on('message', (order: WatchOrder) => {
    const done = order.do === 'subscribe' ? subscribe(order) : catchUp(order.path);
    done.then(
      () => tell({ id: order.id }),
      (thrown: unknown) => tell({ id: order.id, failure: failure(thrown) }),
    );
  });
  tell({ ready: true });
}

/** Counts paths over lists that follow one another closely, of whatever subscription. */
class Crowd {
  #paths = 0;
  #last = -Infinity;

  /** Whether so much happens that some of it may not be told. */
  add(paths: number): boolean {
    const now = performance.now();
    if (now - this.#last > workspaceLimits.crowdRow) this.#paths = 0;
    this.#last = now;
    this.#paths += paths;
    return this.#paths >= workspaceLimits.crowd;
  }
}

function runThread(code: string): Promise<void> {
  const thread = new Worker(code, { eval: true });
  return new Promise((resolve, reject) => {
    thread.once('error', reject);
    thread.once('exit', () => resolve());
  });
}

function failure(thrown: unknown) {
  const message = errorMessage(thrown);
  const code = systemErrorCode(thrown) ?? Object.entries(codes).find(([text]) => message.includes(text))?.[1] ?? '';
  return { message, code };
}

function tell(answer: WatchAnswer): void {
  process.send?.(answer);
}

// Whoever started this is gone, or lets go of it.
process.on('disconnect', () => process.exit());
// Ctrl-C in a terminal goes to everybody in it; this ends with its parent.
process.on('SIGINT', () => {});
main().catch((thrown: unknown) => {
  tell({ failed: failure(thrown) });
  process.exitCode = 1;
  process.disconnect?.();
});
