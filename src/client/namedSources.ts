/** The further contexts of a build (`--build-context`) that are folders of this machine. */
import type { NamedInput } from '../transfer/buildMessages.ts';
import { joinProofs } from '../context/proof.ts';
import type { Sent } from '../context/sent.ts';
import { addSent, nothingSent } from '../context/sent.ts';
import type { Peer } from '../transfer/peer.ts';
import type { OpenRequest } from './openContext.ts';
import { openContext } from './openContext.ts';
import type { Synced } from './ownSync.ts';
import { OwnSync } from './ownSync.ts';
import type { WorkspaceContext } from './workspaceContext.ts';

export interface NamedSource {
  readonly name: string;
  readonly context: WorkspaceContext;
  readonly open: Omit<OpenRequest, 'role'>;
}

/** The main context, and the others with it. */
export interface SyncedSources extends Synced {
  readonly inputs: readonly NamedInput[];
}

interface SyncedSource {
  readonly source: NamedSource;
  readonly sync: OwnSync;
}

export class NamedSources {
  readonly #syncs: readonly SyncedSource[];

  private constructor(syncs: readonly SyncedSource[]) {
    this.#syncs = syncs;
  }

  static async open(peer: Peer, sources: readonly NamedSource[], signal: AbortSignal): Promise<NamedSources> {
    const syncs = [];
    for (const source of sources) {
      const opened = await openContext(peer, { ...source.open, role: 'guest' }, signal);
      const sync = new OwnSync(peer, source.context, undefined, () => {}, signal);
      sync.resume(opened);
      syncs.push({ source, sync });
    }
    return new NamedSources(syncs);
  }

  get sent(): Sent {
    return this.#syncs.map(({ sync }) => sync.sent).reduce(addSent, nothingSent);
  }

  /** The daemon has lost what it had. */
  resend(): void {
    for (const { sync } of this.#syncs) sync.resume({ snapshot: undefined, unfinished: undefined });
  }

  /** Reads and pushes them beside the main context, of which `main` tells. What is proven is all of them or nothing. */
  async syncWith(main: Promise<Synced>, proven: boolean): Promise<SyncedSources> {
    const syncing = this.#syncs.map(({ sync }) => (proven ? sync.syncProven() : sync.sync()));
    const [own, ...others] = await Promise.all([main, ...syncing]);
    if (others.length === 0) return { ...own, inputs: [] };
    const all = [own, ...others];
    const proofs = all.flatMap(({ proof }) => (proof === undefined ? [] : [proof]));
    return {
      snapshot: own.snapshot,
      inputs: this.#syncs.map(({ source: { name, context } }, index) => {
        return { name, context: context.id, snapshot: others[index]!.snapshot };
      }),
      proof: proofs.length === all.length ? joinProofs(proofs) : undefined,
      prove: async () => joinProofs(await Promise.all(all.map(async (one) => one.proof ?? one.prove()))),
    };
  }
}
