/** The worker's thread, as a port: node:worker_threads in the extension, a fake in tests. */
import { Worker } from 'node:worker_threads';
import { linkLimits } from './limits.ts';
import type { ToAnswerer, ToCaller } from './messages.ts';
import type { WorkerSetup } from './workerApi.ts';

export interface WorkerThread {
  postMessage(message: ToAnswerer): void;
  on(event: 'message', listener: (message: ToCaller) => void): unknown;
  /** It dies of this; 'exit' follows. */
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  terminate(): Promise<unknown>;
}

/** Starts dist/worker.js with a bounded heap, and without the flags that the extension host itself was started with. */
export function startWorkerThread(script: string, setup: WorkerSetup): WorkerThread {
  return new Worker(script, {
    name: 'presync',
    workerData: setup,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: linkLimits.heapMb },
  });
}
