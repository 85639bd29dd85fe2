/**
 * The client's half of a push.
 *
 *   client                                   daemon
 *   Push {context, base, target}      ──▶
 *   Compare {…} …                    ◀──▶    Compared {…} …       without a common base: what do you have?
 *   Changes {…} … Changes {last}      ──▶    collects the changes
 *                                     ◀──    Need {digests} …     a window of what it lacks
 *   Chunks {…} …                      ──▶    checks and stores each
 *                                     ◀──    Committed {target}   when nothing is missing and all is on disk
 *
 * Content follows behind the announcement, while Needs come in. What is new in a few files travels inside Changes, so that
 * an ordinary save is one message there and one back; what the daemon was sent before, or may have been before a link was
 * cut, is never sent inside.
 */
import { PresyncError } from '../base/errors.ts';
import type { Change, Put } from '../context/change.ts';
import type { Chunk } from '../context/chunkList.ts';
import type { Elsewhere } from '../context/diff.ts';
import { diff } from '../context/diff.ts';
import type { Digest } from '../context/digest.ts';
import type { FileEntry } from '../context/entry.ts';
import { chunksOf } from '../context/entry.ts';
import { Moved } from '../context/moved.ts';
import type { Path } from '../context/path.ts';
import type { Sent } from '../context/sent.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { emptySnapshot, findEntry } from '../context/snapshot.ts';
import { limits, timeouts } from '../protocol/limits.ts';
import type { SentChunk, WireChange, WireChunkList } from '../protocol/message.ts';
import type { SentAhead } from './ahead.ts';
import { ChangesFrame, peek } from './changesFrame.ts';
import { findShared } from './comparison.ts';
import { ContentFrames } from './contentFrames.ts';
import type { Exchange } from './exchange.ts';
import type { ContentSource } from './manifest.ts';
import { Manifest } from './manifest.ts';
import type { ListBase } from './outgoingList.ts';
import { tellList } from './outgoingList.ts';
import type { Peer } from './peer.ts';

export interface PushOrder {
  readonly context: Digest;
  /** What the daemon has acknowledged, or has of a push that was cut off; undefined: nothing that we know. */
  readonly base: Snapshot | undefined;
  /** Without a base: the daemon has something, which is compared first. */
  readonly compare: boolean;
  readonly target: Snapshot;
  /** When the reading of the workspace began, in microseconds of this boot's clock. */
  readonly asOf: number;
  /** Entries of the workspace that could not be carried. */
  readonly problems: number;
}

export interface PushOptions {
  readonly signal?: AbortSignal | undefined;
  /**
   * Digests that the daemon was sent before; the push adds to it. Undefined for a client that cannot know, such as one
   * of several that push the same at once: then nothing is sent unasked.
   */
  readonly known: DigestMemory | undefined;
  /** Content that was sent already. */
  readonly ahead?: SentAhead | undefined;
  onProgress?(sent: Sent): void;
  /** The daemon was told everything but content: from here on the target can be the base of another push. */
  onAnnounced?(): void;
}

/** Remembers what was sent, within bounds. */
export interface DigestMemory {
  has(digest: Digest): boolean;
  add(digest: Digest): void;
}

/** How many changed files a push may have for their contents to travel inside Changes. */
const inlineFiles = 16;

/** A chunk list that is no edit travels inside Changes up to this many bytes: the daemon may have a longer one. */
const shortList = 2048;

/**
 * Brings the daemon to `order.target`; resolves when it is acknowledged, with the content that was sent.
 * BASE_UNKNOWN: push again without a base. CONTEXT_BUSY: a file changed, scan and push again.
 */
export function push(peer: Peer, order: PushOrder, source: ContentSource, options: PushOptions): Promise<Sent> {
  const first = {
    type: 'push',
    context: order.context,
    base: order.base?.digest,
    target: order.target.digest,
    asOf: order.asOf,
    problems: order.problems,
    compare: order.compare,
  } as const;
  return peer.converse(first, async (exchange) => {
    const sender = new Sender(peer, exchange, order, source, options);
    try {
      const elsewhere = await sender.compare();
      const announced = sender.announce(elsewhere);
      await Promise.all([announced, sender.answer(announced)]);
    } catch (thrown) {
      // So that the daemon does not wait for the rest; where it was the daemon that failed, it ignores this.
      await exchange.send({ type: 'cancel' }).catch(() => {});
      throw thrown;
    }
    return sender.sent;
  });
}

class Sender {
  readonly #exchange: Exchange;
  readonly #order: PushOrder;
  readonly #manifest: Manifest;
  readonly #content: ContentFrames;
  readonly #options: PushOptions;
  readonly #files = new Set<string>();
  readonly #base: Snapshot;
  readonly #moved: Moved;
  #bytes = 0;

  constructor(peer: Peer, exchange: Exchange, order: PushOrder, source: ContentSource, options: PushOptions) {
    this.#exchange = exchange;
    this.#order = order;
    this.#base = order.base ?? emptySnapshot;
    this.#moved = new Moved(this.#base, order.target);
    this.#manifest = new Manifest(source, order.target);
    const sent = (chunks: readonly SentChunk[], bytes: number) => {
      this.#count(chunks, bytes);
      options.onProgress?.(this.sent);
    };
    this.#content = new ContentFrames(exchange, { read: (digest) => this.#read(digest), sent }, peer);
    this.#options = options;
    this.#bytes = options.ahead?.bytes ?? 0;
  }

  get sent(): Sent {
    return { files: this.#files.size, bytes: this.#bytes };
  }

  /** What the daemon need not be told. */
  compare(): Promise<Elsewhere> {
    const { compare, target } = this.#order;
    return compare ? findShared(this.#exchange, target, this.#options.signal) : Promise.resolve(this.#moved);
  }

  async announce(elsewhere: Elsewhere): Promise<void> {
    const { count, all } = peek(diff(this.#base, this.#order.target, elsewhere), inlineFiles + 1);
    const inline = count <= inlineFiles && this.#options.known !== undefined;
    let frame = new ChangesFrame();
    for (const change of all) {
      const { wire, fresh } = this.#tell(change);
      frame.add(wire, inline ? await this.#inline(fresh, frame) : []);
      if (!frame.full) continue;
      await this.#sendChanges(frame, false);
      frame = new ChangesFrame();
    }
    await this.#sendChanges(frame, true);
    this.#options.onAnnounced?.();
  }

  /**
   * Answers Needs until the push is committed. Content is sent behind the announcement: the daemon can begin with the
   * snapshot as soon as it knows it whole. Needs are taken meanwhile, so that neither side waits for the other.
   */
  async answer(announced: Promise<void>): Promise<void> {
    const failure = new AbortController();
    const signal = anySignal(this.#options.signal, failure.signal);
    let supplied = announced;
    for (;;) {
      const message = await this.#exchange.receive({ signal, timeout: timeouts.pushIdle }).catch((thrown: unknown) => {
        throw failure.signal.aborted ? failure.signal.reason : thrown;
      });
      if (message.type === 'committed') {
        if (message.snapshot === this.#order.target.digest) return;
        throw new PresyncError('PROTOCOL', 'The daemon committed another snapshot than was pushed.');
      }
      if (message.type !== 'need') throw new PresyncError('PROTOCOL', `Unexpected "${message.type}" in a push.`);
      supplied = supplied.then(() => this.#content.send(message.digests));
      supplied.catch((thrown: unknown) => failure.abort(thrown));
    }
  }

  async #sendChanges(frame: ChangesFrame, last: boolean): Promise<void> {
    const message = frame.message(last);
    const took = await this.#exchange.send(message);
    this.#count(message.inline, Math.min(frame.inlineBytes, took));
  }

  /** The change as it travels, and the content that is new with it, as far as the daemon knows from it what that is. */
  #tell(change: Change): { wire: WireChange; fresh: Iterable<Chunk> } {
    if (change.op === 'remove' || change.entry.kind !== 'file') return { wire: change as WireChange, fresh: [] };
    const { path, entry } = change;
    this.#manifest.add(path, entry);
    this.#noteAhead(path, entry);
    if (entry.chunks === undefined) {
      return { wire: { op: 'put', path, entry: { ...entry, chunks: undefined } }, fresh: chunksOf(entry) };
    }
    const list = tellList(entry.chunks, this.#listBase(change, entry));
    const short = list.text.length <= (list.base === undefined ? shortList : limits.listTextBytes);
    const text = short ? list.text : this.#manifest.addPieces(list.text);
    const chunks: WireChunkList = { digest: list.digest, base: list.base, text };
    return { wire: { op: 'put', path, entry: { ...entry, chunks } }, fresh: short ? list.fresh : [] };
  }

  /** What went ahead of this push is a part of it. */
  #noteAhead(path: Path, entry: FileEntry): void {
    const { ahead, known } = this.#options;
    if (ahead === undefined) return;
    for (const { digest } of chunksOf(entry)) {
      if (!ahead.digests.has(digest)) continue;
      known?.add(digest);
      this.#files.add(path);
    }
  }

  #listBase({ path }: Put, entry: FileEntry): ListBase | undefined {
    // The very same content elsewhere is the better base: its list is not even edited.
    const moved = this.#moved.file(entry);
    if (moved !== undefined) return { path: moved, file: findEntry(this.#base, moved) as FileEntry };
    const same = findEntry(this.#base, path);
    return same?.kind === 'file' && same.size > 0 ? { path, file: same } : undefined;
  }

  /** New content of a few files, if all of it fits into the frame. */
  async #inline(fresh: Iterable<Chunk>, frame: ChangesFrame): Promise<SentChunk[]> {
    const wanted: Digest[] = [];
    let bytes = frame.inlineBytes;
    for (const { digest, size } of fresh) {
      if (this.#options.known?.has(digest)) continue;
      bytes += size;
      if (size > limits.inlineChunkBytes || bytes > limits.inlineTotalBytes) return [];
      wanted.push(digest);
    }
    const chunks: SentChunk[] = [];
    for (const digest of wanted) chunks.push({ digest, data: await this.#read(digest) });
    return chunks;
  }

  /** To be sent: from here on the daemon may have it, whatever becomes of the link, and will ask where it has not. */
  #read(digest: Digest): Promise<Uint8Array> {
    this.#options.known?.add(digest);
    return this.#manifest.read(digest);
  }

  #count(chunks: readonly SentChunk[], bytes: number): void {
    this.#bytes += bytes;
    for (const { digest } of chunks) {
      const path = this.#manifest.pathOf(digest);
      if (path !== undefined) this.#files.add(path);
    }
  }
}

function anySignal(one: AbortSignal | undefined, other: AbortSignal): AbortSignal {
  return one === undefined ? other : AbortSignal.any([one, other]);
}
