import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/time.ts';
import type { ProgressEvent } from '../../src/client/progress/progressEvent.ts';
import type { BuildParams, ContextSource, ContextView, WorkerSetup } from '../../src/extension/link/workerApi.ts';
import { WorkerHost } from '../../src/extension/link/workerHost.ts';
import type { Sandbox } from './presyncCli.ts';

/** The bundled worker of the extension in a thread of its own, as a sandbox's user has it; it ends with the test. */
export class ExtensionWorker {
  readonly host: WorkerHost;
  /** Every view that was told, oldest first. */
  readonly views: ContextView[] = [];
  readonly events: ProgressEvent[] = [];
  readonly log: string[] = [];
  thread: Worker | undefined;
  #builds = 0;

  constructor(sandbox: Sandbox) {
    const setup: WorkerSetup = { daemonScript: join(sandbox.dist, 'daemon.js') };
    this.host = new WorkerHost({
      start: () => (this.thread = new Worker(join(sandbox.dist, 'worker.js'), { workerData: setup, env: sandbox.env })),
      clock: systemClock,
      random: Math.random,
    });
    this.host.onContext(({ view }) => this.views.push(view));
    this.host.onProgress(({ events }) => this.events.push(...events));
    this.host.onLog(({ level, message }) => this.log.push(`${level}: ${message}`));
    onTestFinished(() => this.host.stop());
  }

  get view(): ContextView | undefined {
    return this.views.at(-1);
  }

  async keep(root: string, key = 'context'): Promise<ContextSource> {
    const source = { folder: root, dockerfile: join(root, 'Dockerfile') };
    const destination = { builder: '', daemon: '' };
    await this.host.request('keep', { key, source, destination, speculate: false });
    return source;
  }

  build(source: ContextSource, params: Partial<BuildParams> = {}, signal?: AbortSignal) {
    const defaults = { tags: [], target: '', buildArgs: [], noCache: false, proof: 'concurrent' as const };
    const build = { source, destination: { builder: '', daemon: '' }, ...defaults, ...params };
    return this.host.request('build', { id: ++this.#builds, build }, signal);
  }

  /** Waits for a view; says which one there was instead. */
  async shows(expected: Partial<ContextView>): Promise<void> {
    await expect.poll(() => this.view, { timeout: 60_000 }).toMatchObject(expected);
  }
}
