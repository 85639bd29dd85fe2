/** Answers what a build asks of its client, on the build's exchange. */
import type { Duplex } from 'node:stream';
import { PresyncError } from '../../base/errors.ts';
import type { Ask, Offer, Question, Reply, StreamMessage } from '../../transfer/buildMessages.ts';
import type { ByteStream } from '../../transfer/byteStream.ts';
import { Streams } from '../../transfer/byteStream.ts';
import type { Exchange } from '../../transfer/exchange.ts';
import { clientLimits } from '../limits.ts';
import type { ResultReceiver } from '../outputs/outputs.ts';
import { serveReadOnly } from './agentProtocol.ts';
import type { ClientServices } from './clientServices.ts';

/** What is told to the daemon. */
export function offerOf(services: ClientServices): Offer {
  return {
    secrets: services.secrets !== undefined,
    agents: services.agents !== undefined,
    registries: services.registries !== undefined,
    outputs: services.outputs !== undefined,
    archive: services.archive !== undefined,
  };
}

export class ServiceHost {
  readonly #exchange: Exchange;
  readonly #services: ClientServices;
  readonly #streams: Streams;
  /** Outputs whose results were asked for. */
  readonly #results = new Set<number>();
  #answering = 0;

  constructor(exchange: Exchange, services: ClientServices) {
    this.#exchange = exchange;
    this.#services = services;
    this.#streams = new Streams(exchange);
  }

  /** Takes a message of the build. What it leads to goes on beside; when the link is lost, it is over anyway. */
  take(message: Ask | StreamMessage): void {
    if (message.type !== 'ask') return this.#streams.deliver(message);
    void this.#reply(message).catch(() => {});
  }

  /** The build is over. */
  close(): void {
    this.#streams.close(new PresyncError('CANCELLED', 'The build is over.'));
  }

  async #reply({ call, question }: Ask): Promise<void> {
    this.#answering++;
    try {
      if (this.#answering > clientLimits.openAsks) throw new PresyncError('LIMIT', 'The build asks too much at once.');
      await this.#exchange.send({ type: 'answer', call, reply: await this.#answer(question) });
    } catch (thrown) {
      await this.#exchange.send({ type: 'answer', call, reply: { kind: 'error', error: PresyncError.from(thrown) } });
    } finally {
      this.#answering--;
    }
  }

  async #answer(question: Question): Promise<Reply> {
    const { secrets, agents, registries, outputs, archive } = this.#services;
    switch (question.kind) {
      case 'secret': {
        const data = await secrets?.read(question.id);
        return data === undefined ? absent : { kind: 'data', data };
      }
      case 'registry': {
        const account = await registries?.account(question.host);
        return account === undefined ? absent : { kind: 'account', account };
      }
      case 'agent':
        return agents?.has(question.id) ? done : absent;
      case 'connect':
        if (!agents?.has(question.id)) return absent;
        void forward(await agents.connect(question.id), this.#streams.open(question.stream));
        return done;
      case 'output': {
        if (this.#results.has(question.index)) throw new PresyncError('PROTOCOL', 'A result was sent twice.');
        this.#results.add(question.index);
        const receiver = await outputs?.open(question.index);
        if (receiver === undefined) return absent;
        void receive(receiver, this.#streams.open(question.stream));
        return done;
      }
      case 'archive':
        if (archive === undefined) return absent;
        void sendAll(archive.read(), this.#streams.open(question.stream));
        return done;
    }
  }
}

const absent: Reply = { kind: 'absent' };
const done: Reply = { kind: 'done' };

/** Until the step closes its connection, or either side is lost. */
async function forward(agent: Duplex, stream: ByteStream): Promise<void> {
  agent.on('error', () => {}); // reading and writing fail by themselves
  try {
    await serveReadOnly(stream, {
      read: () => agent as AsyncIterable<Uint8Array>,
      write: (bytes) =>
        new Promise((resolve, reject) => void agent.write(bytes, (error) => (error ? reject(error) : resolve()))),
    });
    await stream.end();
  } catch (thrown) {
    await stream.fail(PresyncError.from(thrown));
  } finally {
    agent.destroy();
  }
}

async function sendAll(pieces: AsyncIterable<Uint8Array>, stream: ByteStream): Promise<void> {
  try {
    for await (const piece of pieces) await stream.write(piece);
    await stream.end();
  } catch (thrown) {
    await stream.fail(PresyncError.from(thrown));
  }
}

/** The end of this side's direction says that the result is in its place. */
async function receive(receiver: ResultReceiver, stream: ByteStream): Promise<void> {
  try {
    await receiver.receive(stream.read());
    await receiver.close();
    await stream.end();
  } catch (thrown) {
    await receiver.close().catch(() => {});
    await stream.fail(PresyncError.from(thrown));
  }
}
