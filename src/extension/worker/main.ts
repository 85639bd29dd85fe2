/**
 * The worker of the extension: composition root. Scanning, hashing and the socket happen here, so that the extension
 * host is never blocked.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PresyncError } from '../../base/errors.ts';
import { systemClock } from '../../base/time.ts';
import { localEnvironment } from '../../client/environment.ts';
import { Answerer } from '../link/answerer.ts';
import type { ToAnswerer } from '../link/messages.ts';
import type { WorkerEvents, WorkerRequests, WorkerSetup } from '../link/workerApi.ts';
import { runBuild } from './build.ts';
import { EventBatch } from './eventBatch.ts';
import { KeptContexts } from './keptContexts.ts';
import { workerLogger } from './workerLogger.ts';

function main(port: NonNullable<typeof parentPort>, setup: WorkerSetup): void {
  const logger = workerLogger((entry) => answerer.tell('log', entry));
  const env = localEnvironment(logger, setup.daemonScript);
  const clock = systemClock;
  const contexts = new KeptContexts({ env, clock, tell: (key, view) => answerer.tell('context', { key, view }) });
  const notYet = () => Promise.reject(new PresyncError('INTERNAL', 'Not there yet.'));
  const answerer = new Answerer<WorkerRequests, WorkerEvents>((message) => port.postMessage(message), {
    handlers: {
      keep: (params) => done(contexts.keep(params)),
      release: ({ key }) => done(contexts.release(key)),
      sync: ({ key }, signal) => done(contexts.sync(key, signal)),
      saved: ({ key, file }) => done(contexts.saved(key, file)),
      build({ id, build }, signal) {
        const events = new EventBatch(clock, (gathered) => answerer.tell('progress', { id, events: gathered }));
        return runBuild({ env, kept: (source) => contexts.find(source)?.context }, build, events, signal);
      },
      survey: notYet,
      list: notYet,
      builders: notYet,
      restartDaemon: notYet,
    },
    onFailure: (method, error) => logger.debug(`${method} failed`, { error }),
    onGoodbye: () => void contexts.closeAll().finally(() => process.exit(0)),
  });
  port.on('message', (message: ToAnswerer) => answerer.receive(message));
}

async function done(work: void | Promise<void>): Promise<null> {
  await work;
  return null;
}

if (parentPort === null) throw new PresyncError('INTERNAL', 'This program is a worker.');
main(parentPort, workerData as WorkerSetup);
