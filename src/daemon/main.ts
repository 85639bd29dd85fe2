/** The daemon: composition root. Started by a client when none answers, or by an operator. */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage, PresyncError, systemErrorCode } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { delay, systemClock } from '../base/time.ts';
import { nodeEndpointPort } from '../builder/endpoint/nodeEndpointPort.ts';
import { resolveEngine } from '../builder/endpoint/resolveEngine.ts';
import type { ContentReader } from '../builder/contentReader.ts';
import { Engine } from '../builder/engine.ts';
import type { EngineSelector } from '../context/engineSelector.ts';
import { chosenEngine, engineEnvironment } from '../context/engineSelector.ts';
import { contextIdOf } from '../store/contextKey.ts';
import { Store } from '../store/store.ts';
import { dial } from '../transfer/dial.ts';
import { thisMachine } from '../transfer/thisMachine.ts';
import type { DaemonOptions } from './arguments.ts';
import { parseDaemonArguments } from './arguments.ts';
import { Arrivals } from './arrivals.ts';
import { BuildService } from './buildService.ts';
import type { GcPorts } from './collectGarbage.ts';
import { collectGarbage } from './collectGarbage.ts';
import { ContextHub } from './contextHub.ts';
import { copyMemory } from './copyMemory.ts';
import { Daemon } from './daemon.ts';
import { EnginePool } from './enginePool.ts';
import { openEntrance } from './entrance.ts';
import { headStore } from './headStore.ts';
import { HttpServer } from './httpServer.ts';
import { copyDropper } from './letGo.ts';
import { daemonLimits } from './limits.ts';
import { pinoLogger } from './logFile.ts';
import { verifyObjects } from './verifyObjects.ts';
import { EngineProxy } from './passThrough/engineProxy.ts';
import { Primer } from './primer.ts';
import { Speculation } from './speculation.ts';
import { statusDocument } from './status.ts';
import { noDaemonCode, passOnStdio } from './stdio.ts';

async function main(): Promise<void> {
  const options = await parseDaemonArguments(process.argv.slice(2), thisMachine());
  if (options.command === 'stdio') {
    await passOnStdio(options, process.env);
    process.exit(0);
  }
  const logger = pinoLogger(options.logLevel);
  if (options.command === 'serve') return serve(options, logger);
  const report = await upkeep(options, logger).catch(failureReport);
  process.stdout.write(`${JSON.stringify(report)}\n`);
  process.exitCode = report.ok ? 0 : 1;
}

/** `presync gc` and `presync verify` where no daemon has the store. */
async function upkeep(options: DaemonOptions, logger: Logger) {
  const store = await Store.open(storeFolder(options), { logger });
  try {
    return await (options.command === 'gc' ? collectAlone(store, options, logger) : verifyObjects(store, []));
  } finally {
    await store.close();
  }
}

/** For the CLI, which tells its user. */
function failureReport(thrown: unknown) {
  const { code, message, hint } = PresyncError.from(thrown);
  return { ok: false, code, message, hint };
}

async function collectAlone(store: Store, options: DaemonOptions, logger: Logger) {
  const own = ownEngine(options);
  const engines = enginePool(own, { read: (file) => store.readFile(file) }, logger);
  const letGo = copyDropper(engines, own, logger);
  const unused = { inUse: () => [], isOpen: () => false, drop: () => {} };
  try {
    return await collectGarbage({ store, ...unused, letGo, now: Date.now }, options.gc);
  } finally {
    engines.dispose();
  }
}

function ownEngine({ builder }: DaemonOptions): EngineSelector {
  return { spec: builder, env: engineEnvironment(process.env) };
}

function enginePool(own: EngineSelector, content: ContentReader, logger: Logger): EnginePool {
  // A session id of BuildKit may be used by one process at a time, and a predecessor may still be at a build.
  const sessionId = randomId();
  return new EnginePool({
    resolve: (selector) => resolveEngine(chosenEngine(selector, own), nodeEndpointPort),
    connect: (endpoint, signal) => Engine.connect(endpoint, { sessionId, content, logger, signal }),
  });
}

async function serve(options: DaemonOptions, logger: Logger): Promise<void> {
  await mkdir(options.dataDirectory, { recursive: true, mode: 0o700 });
  const entrance = await openEntrance(options);
  const store = await openStore(options, logger);
  if (store === undefined) {
    logger.info('another daemon was quicker');
    return;
  }
  const arrivals = new Arrivals(store, systemClock);
  const own = ownEngine(options);
  const engines = enginePool(own, { read: (file, ended) => arrivals.readFile(file, ended) }, logger);
  const engineApi = new EngineProxy(() => resolveEngine(own, nodeEndpointPort), logger);
  engineApi.onUse = () => daemon.used();
  const primer = new Primer({
    engines,
    memory: (context, engine) => copyMemory(store, context.id, engine.info.label, logger),
    newId: randomId,
    clock: systemClock,
    logger,
    random: Math.random,
  });
  engines.isUsed = (engine) => primer.uses(engine);
  engines.onLetGo = (engine) => primer.leave(engine);
  const builds = new BuildService(primer, systemClock);
  const speculation = new Speculation({ lease: (...order) => primer.lease(...order), clock: systemClock, logger });
  builds.onBuild = (...build) => speculation.onBuild(...build);
  primer.onMoved = (context) => speculation.onMoved(context);
  primer.onPrimed = (...primed) => speculation.onPrimed(...primed);
  const hub = new ContextHub(headStore(store, logger), primer);
  const daemon: Daemon = new Daemon({
    services: {
      hub,
      arrivals,
      builds,
      transferred: (context) => primer.transferred(context),
      clock: systemClock,
      logger,
      onAnnounced: (context, engine, snapshot) => primer.anticipate(context, engine, snapshot),
      onOpened: (engine) => engines.expect(engine),
      onOwner: (context) => primer.follow(context),
    },
    busy: () => primer.busy || builds.running > 0 || engineApi.running > 0,
    stopListening: () => server.close(),
    handOver: () => store.handOver(),
    exit: () => void engineApi.idle().then(() => store.close().finally(() => process.exit(0))),
    idleExit: options.idleExit,
    clock: systemClock,
    logger,
  });
  const garbage: GcPorts = {
    store,
    inUse: () => [...hub.snapshots(), ...primer.trees()],
    isOpen: (key) => hub.isUsed(contextIdOf(key)),
    drop: (key) => hub.drop(contextIdOf(key)),
    letGo: copyDropper(engines, own, logger),
    now: Date.now,
  };
  const server: HttpServer = new HttpServer(
    entrance,
    {
      onPeer: (peer) => void daemon.accept(peer),
      status: () => statusDocument(options.endpoint, hub, store, engines, speculation),
      gc: (order) => collectGarbage(garbage, order),
      verify: () => verifyObjects(store, hub.all),
      drain: () => daemon.drain(),
      engine: engineApi,
    },
    logger,
  );
  await server.listen();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void daemon.drain());
  logger.info('listening', { endpoint: options.endpoint.label, data: options.dataDirectory });
}

function storeFolder(options: DaemonOptions): string {
  return join(options.dataDirectory, 'store');
}

/** The store; undefined when another daemon of our protocol has it and answers. */
async function openStore(options: DaemonOptions, logger: Logger): Promise<Store | undefined> {
  const deadline = performance.now() + daemonLimits.takeoverWait;
  for (;;) {
    try {
      return await Store.open(storeFolder(options), { logger });
    } catch (thrown) {
      const error = PresyncError.from(thrown);
      if (error.code !== 'STORE_BUSY' || performance.now() > deadline) throw error;
    }
    if (await answers(options)) return undefined;
    await delay(daemonLimits.takeoverPoll);
  }
}

async function answers({ endpoint, tokenFile }: DaemonOptions): Promise<boolean> {
  try {
    const { peer } = await dial(endpoint, { access: { tokenFile, caFile: undefined } });
    peer.close();
    return true;
  } catch {
    return false;
  }
}

function randomId(): string {
  return randomBytes(16).toString('hex');
}

main().catch((thrown: unknown) => {
  const error = PresyncError.from(thrown);
  const cause = error.cause === undefined ? '' : ` [${systemErrorCode(error.cause) ?? errorMessage(error.cause)}]`;
  process.stderr.write(`presync daemon: ${error.message}${cause}\n${error.hint && `  hint: ${error.hint}\n`}`);
  process.exit(error.code === 'USAGE' ? 2 : error.code === 'DAEMON_NOT_FOUND' ? noDaemonCode : 1);
});
