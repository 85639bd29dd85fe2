import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { fromText } from '../../src/base/bytes.ts';
import { PresyncError } from '../../src/base/errors.ts';
import { silentLogger } from '../../src/base/logger.ts';
import type { Clock } from '../../src/base/time.ts';
import { systemClock } from '../../src/base/time.ts';
import type { BuilderTransfer, BuildResult } from '../../src/context/buildEvent.ts';
import type { Digest } from '../../src/context/digest.ts';
import type { Snapshot } from '../../src/context/snapshot.ts';
import { walk } from '../../src/context/snapshot.ts';
import { Arrivals } from '../../src/daemon/arrivals.ts';
import type { PrimedBuild, Primes } from '../../src/daemon/buildService.ts';
import { BuildService } from '../../src/daemon/buildService.ts';
import { ContextHub } from '../../src/daemon/contextHub.ts';
import { Daemon } from '../../src/daemon/daemon.ts';
import { headStore } from '../../src/daemon/headStore.ts';
import type { StoreLimits } from '../../src/store/limits.ts';
import { Store } from '../../src/store/store.ts';
import { Peer } from '../../src/transfer/peer.ts';
import type { MemoryTransport } from './memoryTransport.ts';
import { memoryLink } from './memoryTransport.ts';

const nothing: BuilderTransfer = { diffCopies: 0, files: 0, bytes: 0 };

/** A client's end of a link to the daemon of a rig. */
export interface RigLink {
  readonly peer: Peer;
  readonly near: MemoryTransport;
  /** Cuts the link without a word. */
  cut(): void;
}

/**
 * A builder that reads a snapshot whole, as BuildKit does for a first build, and keeps what it read last. An image is
 * the map of its paths to contents.
 */
export class ReadingBuilder implements Primes {
  readonly #arrivals: Arrivals;
  built: ReadonlyMap<string, string> = new Map();

  constructor(arrivals: Arrivals) {
    this.#arrivals = arrivals;
  }

  async lease(_context: unknown, _engine: unknown, snapshot: Snapshot, signal: AbortSignal): Promise<PrimedBuild> {
    const image = await this.#read(snapshot, signal);
    const build = (): Promise<BuildResult> => {
      this.built = image;
      return Promise.resolve({
        imageId: 'sha256:0',
        imageBytes: 0,
        metadata: new Map(),
        generation: 'g',
        solveMs: 1,
        transfer: nothing,
      });
    };
    return { build, release: () => {} };
  }

  transferred(): BuilderTransfer {
    return nothing;
  }

  async #read(snapshot: Snapshot, signal: AbortSignal): Promise<Map<string, string>> {
    const image = new Map<string, string>();
    for (const [path, entry] of walk(snapshot)) {
      if (entry.kind !== 'file') continue;
      const parts: Uint8Array[] = [];
      for await (const part of this.#arrivals.readFile(entry, signal)) parts.push(Uint8Array.from(part));
      image.set(path, Buffer.concat(parts).toString());
    }
    return image;
  }
}

/** A daemon with a store on the disk, reached by links in memory; there is no engine and no HTTP. */
export class DaemonRig {
  readonly store: Store;
  readonly hub: ContextHub;
  readonly builder: ReadingBuilder;
  readonly daemon: Daemon;
  /** Set when the daemon has nothing left to do. */
  exited = false;
  readonly #links = new Set<RigLink>();

  private constructor(store: Store, clock: Clock) {
    this.store = store;
    const arrivals = new Arrivals(store, clock);
    this.hub = new ContextHub(headStore(store, silentLogger), { isBusy: () => false, drop: () => {} });
    this.builder = new ReadingBuilder(arrivals);
    this.daemon = new Daemon({
      services: {
        hub: this.hub,
        arrivals,
        builds: new BuildService(this.builder, clock),
        transferred: () => nothing,
        clock,
        logger: silentLogger,
        onAnnounced: () => {},
        onOpened: () => {},
        onOwner: () => {},
      },
      busy: () => false,
      stopListening: () => {},
      handOver: () => store.handOver(),
      exit: () => (this.exited = true),
      idleExit: 3_600_000,
      clock,
      logger: silentLogger,
    });
  }

  /** It is closed when the calling test has ended. */
  static async open(
    folder: string,
    options: { readonly clock?: Clock; readonly limits?: Partial<StoreLimits> } = {},
  ): Promise<DaemonRig> {
    const { clock = systemClock, limits = {} } = options;
    const rig = new DaemonRig(await Store.open(join(folder, 'store'), { logger: silentLogger, clock, limits }), clock);
    onTestFinished(() => rig.close());
    return rig;
  }

  /** A link on which nothing was said yet. */
  connect(): RigLink {
    const [near, far] = memoryLink();
    const peer = new Peer(near, 'client');
    const link: RigLink = {
      peer,
      near,
      cut: () => {
        near.cut();
        far.cut();
      },
    };
    this.#links.add(link);
    void this.daemon.accept(new Peer(far, 'daemon'));
    return link;
  }

  /** A link whose client was greeted. */
  async greeted(): Promise<RigLink> {
    const link = this.connect();
    await link.peer.notices.send({ type: 'hello', versions: [1], program: 'test', features: [], codecs: ['none'] });
    await link.peer.notices.expect('hello');
    return link;
  }

  /** Opens a context as somebody who has no secret of its owner. */
  async openContext(link: RigLink, context: Digest, role: 'owner' | 'guest' = 'guest'): Promise<Digest | undefined> {
    const label = fromText('/ws');
    const request = {
      type: 'open',
      context,
      label,
      role,
      nonce: fromText(''),
      engine: { spec: '', env: {} },
      speculate: false,
    } as const;
    const opened = await link.peer.converse(request, (exchange) => exchange.expect('opened'));
    return opened.snapshot;
  }

  /** All links are lost and the store is closed: another rig can be opened on the folder. */
  async close(): Promise<void> {
    for (const link of this.#links) link.cut();
    this.#links.clear();
    await this.store.close();
  }
}

/** The code of the error that a promise rejects with; undefined when it does not. */
export async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  try {
    await promise;
    return undefined;
  } catch (thrown) {
    return PresyncError.from(thrown).code;
  }
}
