import { PresyncError } from '../../src/base/errors.ts';
import type { Digest } from '../../src/context/digest.ts';
import type { Snapshot } from '../../src/context/snapshot.ts';
import { emptySnapshot } from '../../src/context/snapshot.ts';
import type { Message, OpenContext, Ownership, Push } from '../../src/protocol/message.ts';
import type { Exchange } from '../../src/transfer/exchange.ts';
import type { Link } from '../../src/transfer/dial.ts';
import { Peer } from '../../src/transfer/peer.ts';
import { receivePush } from '../../src/transfer/receiver.ts';
import { memoryLink } from './memoryTransport.ts';

/** The far end of links, in memory: keeps what it is pushed, and can be asked to fail. */
export class FakeDaemon {
  readonly chunks = new Map<Digest, Uint8Array>();
  readonly snapshots = new Map<Digest, Snapshot>([[emptySnapshot.digest, emptySnapshot]]);
  readonly pushes: { base: Digest | undefined; target: Digest }[] = [];
  head: Snapshot | undefined;
  ownership: Ownership = 'yours';
  /** Answers builds; what it throws goes to the client. */
  onBuild: (exchange: Exchange, message: Message) => void | Promise<void> = () => {};
  peer: Peer | undefined;
  #cut: () => void = () => {};

  /** A new link; the one before stays as it is. */
  connect(): Link {
    const [near, far] = memoryLink();
    this.peer = new Peer(far, 'daemon');
    this.peer.onRequest = (exchange, request) => void this.#answer(exchange, request);
    this.#cut = () => {
      near.cut();
      far.cut();
    };
    return { peer: new Peer(near, 'client'), agreement: { version: 1, codecs: ['none'], program: 'fake' } };
  }

  cut(): void {
    this.#cut();
  }

  async notify(context: Digest, primed: Digest | undefined, owned = true): Promise<void> {
    const snapshot = this.head?.digest;
    await this.peer!.notices.send({ type: 'state', context, snapshot, primed, problem: undefined, owned });
  }

  async #answer(exchange: Exchange, request: Message): Promise<void> {
    try {
      if (request.type === 'open') await this.#open(exchange, request);
      else if (request.type === 'push') await this.#receive(exchange, request);
      else await this.onBuild(exchange, request);
    } catch (thrown) {
      await exchange.send({ type: 'error', error: PresyncError.from(thrown) }).catch(() => {});
    }
  }

  #open(exchange: Exchange, request: OpenContext): Promise<void> {
    const ownership = request.role === 'owner' || this.ownership !== 'yours' ? this.ownership : 'none';
    return exchange.send({ type: 'opened', snapshot: this.head?.digest, ownership });
  }

  #receive(exchange: Exchange, request: Push): Promise<void> {
    this.pushes.push({ base: request.base, target: request.target });
    return receivePush(exchange, request, {
      base: (digest) => {
        const base = this.snapshots.get(digest);
        return base ? Promise.resolve(base) : Promise.reject(new PresyncError('BASE_UNKNOWN', 'unknown base'));
      },
      has: (chunk) => this.chunks.has(chunk),
      put: (chunk, content) => Promise.resolve(void this.chunks.set(chunk, Uint8Array.from(content))),
      read: (chunk) => Promise.resolve(this.chunks.get(chunk)!),
      announced: () => {},
      commit: (snapshot) => {
        this.snapshots.set(snapshot.digest, snapshot);
        this.head = snapshot;
        return Promise.resolve();
      },
    });
  }
}
