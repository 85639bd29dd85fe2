/** What every program of a client needs: this machine, this user's places, the way to the daemon. */
import { join } from 'node:path';
import type { ByteString } from '../base/bytes.ts';
import { fromText } from '../base/bytes.ts';
import type { Logger } from '../base/logger.ts';
import type { DaemonAccess } from '../transfer/access.ts';
import { tokenFileName } from '../transfer/places.ts';
import { thisMachine } from '../transfer/thisMachine.ts';
import type { DaemonOptions, Link, Machine } from './daemonLauncher.ts';
import {
  cacheDirectory,
  dataDirectory,
  openOwnRunDirectory,
  reachDaemon,
  restartDaemon,
  runDirectory as runDirectoryOf,
} from './daemonLauncher.ts';
import { CutterThreads } from '../workspace/cutterThreads.ts';
import { loadBackends } from '../workspace/loadBackends.ts';
import type { Prover } from '../workspace/proofScan.ts';
import { ProofWorker } from '../workspace/proofWorker.ts';
import type { Scouts } from '../workspace/scanner.ts';
import { ScoutThreads } from '../workspace/scoutThreads.ts';
import type { WatchBackend } from '../workspace/watchBackend.ts';
import { idOf } from './privateFile.ts';

export interface Environment {
  readonly machine: Machine;
  readonly logger: Logger;
  /** This installation's id: see `contextId`. */
  installation(): Promise<string>;
  /** The proof that this process shares the run directory with an owner. */
  nonce(): Promise<ByteString>;
  readonly cacheDirectory: string;
  /** What Presync itself writes to: a context that holds one would never be in sync. */
  readonly ownDirectories: readonly string[];
  /** Where what builds need of their contexts is kept. */
  readonly neededDirectory: string;
  /** Proves the snapshots of all contexts of this process. */
  readonly prover: Prover;
  /** Help with the scans of large trees. */
  readonly scouts?: Scouts;
  /** Help with large files. */
  readonly cutters?: CutterThreads;
  /** What can watch folders, the best first. */
  watchBackends(): readonly WatchBackend[];
  /** Private to the user; for what lives no longer than the boot. */
  runDirectory(): Promise<string>;
  /** `spec`: a DAEMON of the command line; undefined for the user's own. */
  daemon(spec: string | undefined): DaemonOptions;
  /** A link to the daemon; `onLaunch` and `withheld` as in DaemonOptions. */
  reach(
    spec: string | undefined,
    signal: AbortSignal,
    onLaunch?: () => void,
    withheld?: readonly string[],
  ): Promise<Link>;
  /** Has the daemon make way, and starts another. Builds that run there go on to their end. */
  restart(spec: string | undefined, signal: AbortSignal): Promise<void>;
}

/** The bundled programs that a process starts. */
export interface Scripts {
  /** daemon.js. */
  readonly daemon: string;
  /** prover.js. */
  readonly prover: string;
  /** scout.js. */
  readonly scout: string;
  /** cutter.js. */
  readonly cutter: string;
  /** watcher.js; without it nothing native watches. */
  readonly watcher?: string;
}

/** What the user may say of the way to a daemon elsewhere; what is left out is found in the environment. */
export interface LinkChoices {
  readonly tokenFile?: string | undefined;
  readonly tlsCa?: string | undefined;
}

/** Of this process. */
export function localEnvironment(logger: Logger, scripts: Scripts, choices: LinkChoices = {}): Environment {
  const machine = thisMachine();
  const data = dataDirectory(machine);
  const cache = cacheDirectory(machine);
  const access: DaemonAccess = {
    tokenFile: choices.tokenFile ?? machine.env['PRESYNC_TOKEN_FILE'] ?? join(data, tokenFileName),
    caFile: choices.tlsCa ?? machine.env['PRESYNC_TLS_CA'],
  };
  const packing = packingChoice(machine.env['PRESYNC_PACKING']);
  const daemon = (spec: string | undefined): DaemonOptions => {
    return { machine, spec, access, packing, script: scripts.daemon, logger };
  };
  const runDirectory = () => openOwnRunDirectory(machine);
  return {
    machine,
    logger,
    installation: () => idOf(join(data, 'installation')),
    nonce: async () => fromText(await idOf(join(await runDirectory(), 'nonce'))),
    cacheDirectory: cache,
    neededDirectory: join(data, 'needed'),
    ownDirectories: [data, cache, runDirectoryOf(machine)],
    prover: new ProofWorker(scripts.prover),
    scouts: new ScoutThreads(scripts.scout, 1),
    cutters: new CutterThreads(scripts.cutter),
    watchBackends: () => loadBackends(scripts.watcher, machine.env['PRESYNC_WATCHER']),
    runDirectory,
    daemon,
    reach: (spec, signal, onLaunch = () => {}, withheld = []) =>
      reachDaemon({ ...daemon(spec), onLaunch, withheld }, signal),
    restart: (spec, signal) => restartDaemon(daemon(spec), signal),
  };
}

/** Whether frames are packed whatever the link is; undefined for anything but a clear word. */
function packingChoice(value: string | undefined): boolean | undefined {
  return value === 'on' ? true : value === 'off' ? false : undefined;
}
