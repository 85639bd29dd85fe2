import { join } from 'node:path';
import { fromText } from '../../src/base/bytes.ts';
import { PresyncError } from '../../src/base/errors.ts';
import { silentLogger } from '../../src/base/logger.ts';
import type { Environment } from '../../src/client/environment.ts';
import { chokidarBackend } from '../../src/workspace/chokidarBackend.ts';
import { proofScan } from '../../src/workspace/proofScan.ts';
import type { FakeDaemon } from './fakeDaemon.ts';

/** A machine whose daemon is in memory, and whose places are in a folder of the test's own. */
export class FakeEnvironment implements Environment {
  readonly logger = silentLogger;
  readonly machine: Environment['machine'];
  readonly cacheDirectory: string;
  readonly neededDirectory: string;
  readonly prover = { prove: proofScan };
  readonly ownDirectories: readonly string[] = [];
  readonly #home: string;
  readonly #daemon: FakeDaemon;
  reachable = true;
  /** The DAEMONs that were asked for, oldest first. */
  readonly reached: (string | undefined)[] = [];

  constructor(home: string, daemon: FakeDaemon, env: Readonly<Record<string, string>> = {}) {
    this.#home = home;
    this.#daemon = daemon;
    this.machine = { platform: process.platform, env, home, tmp: home, uid: process.getuid?.() };
    this.cacheDirectory = join(home, 'cache');
    this.neededDirectory = join(home, 'needed');
  }

  /** How many contexts were opened, or tried to be. */
  opened = 0;

  readonly installation = (): Promise<string> => {
    this.opened++;
    return Promise.resolve('installation');
  };

  nonce() {
    return Promise.resolve(fromText('nonce'));
  }

  watchBackends() {
    return [chokidarBackend];
  }

  runDirectory(): Promise<string> {
    return Promise.resolve(join(this.#home, 'run'));
  }

  daemon(): never {
    throw new Error('no real daemon here');
  }

  reach(spec: string | undefined) {
    this.reached.push(spec);
    if (this.reachable) return Promise.resolve(this.#daemon.connect());
    return Promise.reject(new PresyncError('DAEMON_START', 'No daemon.', { hint: 'Start it.' }));
  }

  restart(): Promise<void> {
    return Promise.reject(new Error('no real daemon here'));
  }
}
