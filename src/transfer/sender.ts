/**
 * The client's half of a push.
 *
 *   client                                   daemon
 *   Push {context, base, target}      ──▶
 *   Changes {…} … Changes {last}      ──▶    collects the changes
 *                                     ◀──    Need {digests} …     as soon as it knows what it lacks
 *   Chunks {…} …                      ──▶    checks and stores each
 *                                     ◀──    Committed {target}   when nothing is missing and all is on disk
 *
 * Content follows behind the announcement, while Needs come in. A few small files travel inside Changes, so that an ordinary save is one
 * message there and one back; what the daemon was sent before is never sent inside.
 */
import { PresyncError } from '../base/errors.ts';
import type { Change } from '../context/change.ts';
import { diff } from '../context/diff.ts';
import type { Digest } from '../context/digest.ts';
import type { Path } from '../context/path.ts';
import type { Sent } from '../context/sent.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { emptySnapshot } from '../context/snapshot.ts';
import { limits, timeouts } from '../protocol/limits.ts';
import type { PackedChunk, WireChange } from '../protocol/message.ts';
import type { Exchange } from './exchange.ts';
import type { ContentSource } from './manifest.ts';
import { Manifest } from './manifest.ts';
import { packChunk } from './packing.ts';
import type { Peer } from './peer.ts';

export interface PushOrder {
  readonly context: Digest;
  /** What the daemon has acknowledged; undefined: nothing. */
  readonly base: Snapshot | undefined;
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
  onProgress?(sent: Sent): void;
}

/** Remembers what was sent, within bounds. */
export interface DigestMemory {
  has(digest: Digest): boolean;
  add(digest: Digest): void;
}

/** How many changed files a push may have for their contents to travel inside Changes. */
const inlineFiles = 16;

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
  } as const;
  return peer.converse(first, async (exchange) => {
    const sender = new Sender(exchange, order, source, options);
    try {
      const announced = sender.announce();
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
  readonly #options: PushOptions;
  readonly #files = new Set<Path>();
  #bytes = 0;

  constructor(exchange: Exchange, order: PushOrder, source: ContentSource, options: PushOptions) {
    this.#exchange = exchange;
    this.#order = order;
    this.#manifest = new Manifest(source);
    this.#options = options;
  }

  get sent(): Sent {
    return { files: this.#files.size, bytes: this.#bytes };
  }

  async announce(): Promise<void> {
    const changes = diff(this.#order.base ?? emptySnapshot, this.#order.target);
    const head = takeUpTo(inlineFiles + 1, changes);
    const small = head.length <= inlineFiles && this.#options.known !== undefined;
    let frame = new ChangesFrame();
    for (const change of chain(head, changes)) {
      const wire = this.#toWire(change);
      const chunk = small ? await this.#inline(change, frame) : undefined;
      frame.add(wire, chunk);
      if (!frame.full) continue;
      await this.#exchange.send(frame.message(false));
      frame = new ChangesFrame();
    }
    await this.#exchange.send(frame.message(true));
  }

  /**
   * Answers Needs until the push is committed. Content is sent behind the announcement: the daemon can begin with the
   * snapshot as soon as it knows it whole. Needs are taken meanwhile, so that neither side waits for the other.
   */
  async answer(announced: Promise<void>): Promise<void> {
    const failure = new AbortController();
    let supplied = announced;
    for (;;) {
      const signal = anySignal(this.#options.signal, failure.signal);
      const message = await this.#exchange.receive({ signal, timeout: timeouts.pushIdle }).catch((thrown: unknown) => {
        throw failure.signal.aborted ? failure.signal.reason : thrown;
      });
      if (message.type === 'committed') {
        if (message.snapshot === this.#order.target.digest) return;
        throw new PresyncError('PROTOCOL', 'The daemon committed another snapshot than was pushed.');
      }
      if (message.type !== 'need') throw new PresyncError('PROTOCOL', `Unexpected "${message.type}" in a push.`);
      supplied = supplied.then(() => this.#supply(message.digests));
      supplied.catch((thrown: unknown) => failure.abort(thrown));
    }
  }

  async #supply(digests: readonly Digest[]): Promise<void> {
    let chunks: PackedChunk[] = [];
    let size = 0;
    for (const digest of digests) {
      const chunk = packChunk(digest, await this.#manifest.read(digest));
      chunks.push(chunk);
      size += chunk.data.length;
      this.#count(chunk);
      if (size < limits.chunksFrameTarget) continue;
      await this.#exchange.send({ type: 'chunks', chunks });
      this.#options.onProgress?.(this.sent);
      chunks = [];
      size = 0;
    }
    if (chunks.length > 0) await this.#exchange.send({ type: 'chunks', chunks });
    this.#options.onProgress?.(this.sent);
  }

  #toWire(change: Change): WireChange {
    if (change.op === 'remove') return change;
    const { path, entry } = change;
    if (entry.kind !== 'file') return { op: 'put', path, entry };
    return { op: 'put', path, entry: { ...entry, chunkList: this.#manifest.add(path, entry) } };
  }

  /** The content of a small new file, if it fits into the frame. */
  async #inline(change: Change, frame: ChangesFrame): Promise<PackedChunk | undefined> {
    if (change.op === 'remove' || change.entry.kind !== 'file') return undefined;
    const { digest, size, chunks } = change.entry;
    if (chunks !== undefined) return undefined;
    const fits = size > 0 && size <= limits.inlineFileBytes && frame.inlineBytes + size <= limits.inlineTotalBytes;
    if (!fits || this.#options.known?.has(digest)) return undefined;
    const chunk = packChunk(digest, await this.#manifest.read(digest));
    this.#count(chunk);
    return chunk;
  }

  #count(chunk: PackedChunk): void {
    this.#options.known?.add(chunk.digest);
    this.#bytes += chunk.data.length;
    const path = this.#manifest.pathOf(chunk.digest);
    if (path !== undefined) this.#files.add(path);
  }
}

/** A Changes message while it fills. */
class ChangesFrame {
  readonly #changes: WireChange[] = [];
  readonly #inline: PackedChunk[] = [];
  #size = 0;
  inlineBytes = 0;

  add(change: WireChange, chunk: PackedChunk | undefined): void {
    this.#changes.push(change);
    this.#size += changeOverhead + change.path.length + targetLength(change);
    if (chunk === undefined) return;
    this.#inline.push(chunk);
    this.inlineBytes += chunk.data.length;
  }

  /** With room to spare for one more change of the largest kind and all that may be inlined. */
  get full(): boolean {
    return this.#size >= limits.changesFrameTarget / 2 || this.#changes.length >= limits.fieldsPerFrame / 4;
  }

  message(last: boolean) {
    return { type: 'changes', changes: this.#changes, inline: this.#inline, last } as const;
  }
}

/** The most that a change takes on the wire beside its path and link target: digests, times, tags. */
const changeOverhead = 112;

function targetLength(change: WireChange): number {
  return change.op === 'put' && change.entry.kind === 'symlink' ? change.entry.target.length : 0;
}

function anySignal(one: AbortSignal | undefined, other: AbortSignal): AbortSignal {
  return one === undefined ? other : AbortSignal.any([one, other]);
}

function takeUpTo<T>(count: number, from: Iterator<T>): T[] {
  const taken: T[] = [];
  while (taken.length < count) {
    const next = from.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}

function* chain<T>(first: Iterable<T>, then: Iterable<T>): Generator<T> {
  yield* first;
  yield* then;
}
