import { PresyncError } from '../../src/base/errors.ts';
import type { Digest } from '../../src/context/digest.ts';
import type { Snapshot } from '../../src/context/snapshot.ts';
import type { Message, OpenContext, Ownership, Push } from '../../src/protocol/message.ts';
import type { Exchange } from '../../src/transfer/exchange.ts';
import type { Link } from '../../src/transfer/dial.ts';
import { Peer } from '../../src/transfer/peer.ts';
import { receivePush } from '../../src/transfer/receiver.ts';
import { MemorySink } from './memorySink.ts';
import { memoryLink } from './memoryTransport.ts';

/** The far end of links, in memory: keeps what it is pushed, and can be asked to fail. */
export class FakeDaemon {
  readonly sink = new MemorySink();
  readonly pushes: { base: Digest | undefined; target: Digest }[] = [];
  ownership: Ownership = 'yours';
  /** Answers builds; what it throws goes to the client. */
  onBuild: (exchange: Exchange, message: Message) => void | Promise<void> = () => {};
  peer: Peer | undefined;
  #cut: () => void = () => {};

  get head(): Snapshot | undefined {
    return this.sink.head;
  }

  /** A new link; the one before stays as it is. */
  connect(): Link {
    const [near, far] = memoryLink();
    this.peer = new Peer(far, 'daemon');
    this.peer.onRequest = (exchange, request) => void this.#answer(exchange, request);
    this.#cut = () => {
      near.cut();
      far.cut();
    };
    return { peer: new Peer(near, 'client'), agreement: { version: 1, codecs: [], program: 'fake' } };
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

  #open(exchange: Exchange, request: OpenContext): Promise<unknown> {
    const ownership = request.role === 'owner' || this.ownership !== 'yours' ? this.ownership : 'none';
    const [snapshot, unfinished] = [this.head?.digest, this.sink.kept?.digest];
    return exchange.send({ type: 'opened', snapshot, ownership, unfinished });
  }

  #receive(exchange: Exchange, request: Push): Promise<void> {
    this.pushes.push({ base: request.base, target: request.target });
    return receivePush(exchange, request, this.sink);
  }
}
