/**
 * The worker of the extension: composition root. Scanning, hashing and the socket happen here, so that the extension
 * host is never blocked.
 */
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PresyncError } from '../../base/errors.ts';
import { systemClock } from '../../base/time.ts';
import { localEnvironment } from '../../client/environment.ts';
import { Answerer } from '../link/answerer.ts';
import type { ToAnswerer } from '../link/messages.ts';
import type { ContextSource, Listing, WorkerEvents, WorkerRequests, WorkerSetup } from '../link/workerApi.ts';
import { runBuild } from './build.ts';
import { findBuilders } from './builders.ts';
import { EventBatch } from './eventBatch.ts';
import { KeptContexts } from './keptContexts.ts';
import { findShownFolder, listFolder } from './listing.ts';
import { Readings } from './readings.ts';
import { survey } from './survey.ts';
import { workerLogger } from './workerLogger.ts';

function main(port: NonNullable<typeof parentPort>, setup: WorkerSetup): void {
  const logger = workerLogger((entry) => answerer.tell('log', entry));
  const env = localEnvironment(logger, {
    daemon: setup.daemonScript,
    prover: join(__dirname, 'prover.js'),
    scout: join(__dirname, 'scout.js'),
    cutter: join(__dirname, 'cutter.js'),
  });
  const clock = systemClock;
  const contexts = new KeptContexts({ env, clock, tell: (key, view) => answerer.tell('context', { key, view }) });
  const readings = new Readings({
    env,
    kept(source) {
      const kept = contexts.find(source);
      return kept && { context: kept.context, snapshot: kept.owner.state.snapshot };
    },
  });
  const context = async (source: ContextSource) => contexts.find(source)?.context ?? readings.open(source);
  const answerer = new Answerer<WorkerRequests, WorkerEvents>((message) => port.postMessage(message), {
    handlers: {
      keep: (params) => done(contexts.keep(params)),
      release: ({ key }) => done(contexts.release(key)),
      sync: ({ key }, signal) => done(contexts.sync(key, signal)),
      saved: ({ key, file }) => done(contexts.saved(key, file)),
      build({ id, build }, signal) {
        const events = new EventBatch(clock, (gathered) => answerer.tell('progress', { id, events: gathered }));
        return runBuild({ env, context }, build, events, signal);
      },
      async survey({ source }, signal) {
        const { snapshot } = await readings.read(source, signal);
        return survey(snapshot, signal);
      },
      async list({ source, path }, signal) {
        const { context, snapshot } = await readings.last(source, signal);
        const found = findShownFolder(snapshot, path);
        return found === undefined ? emptyListing : listFolder(found, context.excludedIn(found.path));
      },
      builders: () => findBuilders(env),
      restartDaemon: ({ daemon }, signal) => done(env.restart(daemon === '' ? undefined : daemon, signal)),
    },
    onFailure: (method, error) => logger.debug(`${method} failed`, { error }),
    onGoodbye: () => void contexts.closeAll().finally(() => process.exit(0)),
  });
  port.on('message', (message: ToAnswerer) => answerer.receive(message));
}

const emptyListing: Listing = { entries: [], omitted: 0 };

async function done(work: void | Promise<void>): Promise<null> {
  await work;
  return null;
}

if (parentPort === null) throw new PresyncError('INTERNAL', 'This program is a worker.');
main(parentPort, workerData as WorkerSetup);
