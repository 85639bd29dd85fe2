/**
 * The sender's side of fsutil's DiffCopy, by which BuildKit brings its copy of a tree up to date.
 *
 *   1. The sender streams a STAT for every entry, depth first with siblings sorted bytewise and parents first, and then
 *      a STAT without a stat.
 *   2. Meanwhile the receiver compares them with what it has and sends REQ(id) for every file that it wants; the id is
 *      the index among all STATs. An empty file is requested like any other.
 *   3. The sender answers each REQ with DATA(id, bytes) packets and an empty DATA(id) as the end. Files may interleave.
 *   4. When it has all it wants the receiver sends FIN, the sender answers FIN, and the call ends.
 *   5. Either side gives up by ERR with a text.
 *
 * A file that comes out shorter or longer than its STAT said is an error, never a short file.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { toDisplay } from '../../base/bytes.ts';
import { Fifo } from '../../base/fifo.ts';
import { cancelled, PresyncError } from '../../base/errors.ts';
import type { FileEntry } from '../../context/entry.ts';
import type { Snapshot } from '../../context/snapshot.ts';
import type { ContentReader } from '../contentReader.ts';
import { fsutil } from '../generated/buildkit.js';
import type { ServerCall } from '../grpc/server.ts';
import { builderLimits } from '../limits.ts';
import { GatheringWriter } from './gatheringWriter.ts';
import { dataHeader, errorPacket, finPacket } from './packets.ts';
import type { IndexedFiles } from './statStream.ts';
import { statStream } from './statStream.ts';

const { Packet } = fsutil;

/** Told of what crosses. */
export interface TransferListener {
  /** The receiver asked for a file. */
  fileRequested(): void;
  contentSent(bytes: number): void;
}

/**
 * Sends a tree to the receiver at the other end of `call` and resolves after the FIN.
 * Rejects when the receiver gave up or went away, and when content cannot be read; the receiver is told then.
 */
export async function sendTree(
  call: ServerCall,
  tree: Snapshot,
  content: ContentReader,
  listener: TransferListener,
): Promise<void> {
  const sender = new TreeSender(call, content, listener);
  try {
    await sender.run(tree);
  } catch (thrown) {
    if (call.signal.aborted) throw cancelled(thrown);
    const error = PresyncError.from(thrown);
    await call.write(errorPacket(error.message)).catch(() => {});
    throw error;
  }
}

interface RequestedFile {
  readonly id: number;
  readonly file: FileEntry;
}

class TreeSender {
  readonly #call: ServerCall;
  readonly #content: ContentReader;
  readonly #listener: TransferListener;
  readonly #writer: GatheringWriter;
  readonly #files: IndexedFiles = [];
  /** Files that were asked for and wait for their turn. */
  readonly #waiting = new Fifo<RequestedFile>();
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #fail: (error: unknown) => void = () => {};

  constructor(call: ServerCall, content: ContentReader, listener: TransferListener) {
    this.#call = call;
    this.#content = content;
    this.#listener = listener;
    this.#writer = new GatheringWriter(call);
  }

  async run(tree: Snapshot): Promise<void> {
    const failed = new Promise<never>((_resolve, reject) => (this.#fail = reject));
    try {
      await Promise.race([failed, Promise.all([this.#sendStats(tree), this.#serveRequests()])]);
    } finally {
      this.#stop.abort(); // a receiver that goes away ends the requests, and so comes here too
    }
  }

  async #sendStats(tree: Snapshot): Promise<void> {
    for (const slice of statStream(tree, this.#files)) {
      await this.#writer.write(slice);
      await nextTurn(); // a connection that takes everything must not keep the health check waiting
      if (this.#stop.signal.aborted) return;
    }
  }

  async #serveRequests(): Promise<void> {
    for await (const message of this.#call.messages) {
      const packet = Packet.decode(message);
      switch (packet.type) {
        case Packet.Type.REQ:
          this.#request(packet.id);
          break;
        case Packet.Type.FIN:
          return this.#finish();
        case Packet.Type.ERR:
          throw new PresyncError('INTERNAL', `The builder gave up a transfer: ${Buffer.from(packet.data).toString()}`);
        default:
          throw new PresyncError('PROTOCOL', `The builder sent a packet of type ${packet.type} in a transfer.`);
      }
    }
    throw new PresyncError('PROTOCOL', 'The builder ended a transfer without saying that it has everything.');
  }

  #request(id: number): void {
    const file = this.#files[id];
    if (file === undefined) {
      throw new PresyncError(
        'PROTOCOL',
        `The builder asked for file ${id}, which was not offered or asked for before.`,
      );
    }
    this.#files[id] = undefined; // once only
    this.#waiting.push({ id, file });
    this.#listener.fileRequested();
    this.#pump();
  }

  #pump(): void {
    while (this.#running.size < builderLimits.filesInFlight) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      const running = this.#sendFile(next);
      this.#running.add(running);
      running.then(() => {
        this.#running.delete(running);
        this.#pump();
      }, this.#fail);
    }
  }

  async #sendFile({ id, file }: RequestedFile): Promise<void> {
    let sent = 0;
    for await (const bytes of this.#content.read(file, this.#stop.signal)) {
      sent += bytes.length;
      if (sent > file.size) break;
      await this.#sendContent(id, bytes);
    }
    if (this.#stop.signal.aborted) return;
    if (sent !== file.size) {
      throw new PresyncError(
        'STORE_CORRUPT',
        `The content of "${toDisplay(file.name)}" is not ${file.size} bytes long.`,
      );
    }
    await this.#writer.write(dataHeader(id, 0));
  }

  async #sendContent(id: number, bytes: Uint8Array): Promise<void> {
    for (let start = 0; start < bytes.length; start += builderLimits.dataBytes) {
      const part = bytes.subarray(start, start + builderLimits.dataBytes);
      await this.#writer.write(dataHeader(id, part.length), part);
      this.#listener.contentSent(part.length);
    }
  }

  async #finish(): Promise<void> {
    if (this.#waiting.size > 0)
      throw new PresyncError('PROTOCOL', 'The builder ended a transfer before it had everything.');
    await Promise.all(this.#running); // the last file has crossed, but its promise may not know yet
    await this.#writer.write(finPacket);
    await this.#writer.flush();
  }
}
