/**
 * `presync gc`: gives back the space of what no context needs, and forgets contexts that were not used for long.
 *
 * A context that somebody has open is never forgotten. One that is forgotten loses nothing but time: its next build sends
 * it anew. BuildKit's copies of it are let go of as well, where its engine is reached; what is left there BuildKit drops
 * by itself, local sources first (48 h unused and over 512 MB, by default). A single copy cannot be let go of through
 * BuildKit's interface, which tells neither shared keys nor sizes by them: only all copies of a context together.
 */
import { PresyncError } from '../base/errors.ts';
import type { Snapshot } from '../context/snapshot.ts';
import type { ContextKey } from '../store/contextKey.ts';
import type { Store } from '../store/store.ts';
import type { ContextSummary } from '../store/storeTypes.ts';
import type { CopyPlace } from './copyMemory.ts';
import { copyPlace } from './copyMemory.ts';
import { daemonLimits } from './limits.ts';

export interface GcOrder {
  /** Contexts go, those used least recently first, until the store has no more bytes; undefined for no such limit. */
  readonly maxBytes: number | undefined;
  /** Contexts go that were not used for so many seconds. */
  readonly olderThan: number | undefined;
  /** Only say what would go. */
  readonly dryRun: boolean;
}

export interface GcPorts {
  readonly store: Store;
  /** Snapshots that are in use. */
  inUse(): Iterable<Snapshot>;
  /** Whether a client has the context open, or the builder is at work for it. */
  isOpen(context: ContextKey): boolean;
  /** Drops what is in memory of a context that is not open. */
  drop(context: ContextKey): void;
  /** Lets go of BuildKit's copies; the bytes that they had, or undefined when that engine is not reached. */
  letGo(copy: CopyPlace): Promise<number | undefined>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** The order in a query, or in arguments. USAGE. */
export function gcOrder(text: {
  maxSize?: string | undefined;
  olderThan?: string | undefined;
  dryRun: boolean;
}): GcOrder {
  return { maxBytes: count(text.maxSize), olderThan: count(text.olderThan), dryRun: text.dryRun };
}

function count(text: string | undefined): number | undefined {
  const value = Number(text);
  if (text === undefined || (text !== '' && Number.isSafeInteger(value) && value >= 0)) {
    return text === undefined ? undefined : value;
  }
  throw new PresyncError('USAGE', `"${text}" is no limit: whole bytes or seconds are.`);
}

export async function collectGarbage(ports: GcPorts, order: GcOrder) {
  const { store } = ports;
  const before = store.usage().bytes;
  if (order.dryRun) return { ok: true, dryRun: true, bytes: before, contexts: planned(ports, order).map(told) };
  const gone = new Forgetting(ports);
  for (const context of candidates(ports).filter((one) => isOld(one, ports, order))) await gone.forget(context);
  await gone.forgetOrphans();
  await store.collect({ keep: ports.inUse() });
  const tooLarge = () => store.usage().bytes > (order.maxBytes ?? Infinity);
  // Nothing goes that is in use while what is dead takes its room.
  const collectAll = () => store.collect({ keep: ports.inUse(), liveShare: daemonLimits.compactShare });
  if (tooLarge()) await collectAll();
  for (const context of candidates(ports).filter((one) => isSettled(one, ports))) {
    if (!tooLarge()) break;
    await gone.forget(context);
    await collectAll();
  }
  const { objects, bytes } = store.usage();
  return { ok: true, objects, bytes, freed: before - bytes, contexts: gone.contexts.map(told), builder: gone.builder };
}

/** What would go. How much the size of the store shrinks is only known afterwards: contexts share what is equal. */
function planned(ports: GcPorts, order: GcOrder): ContextSummary[] {
  const all = candidates(ports);
  const old = all.filter((one) => isOld(one, ports, order));
  let left = ports.store.usage().bytes - old.reduce((sum, { bytes }) => sum + bytes, 0);
  const further = all.filter((one) => {
    const goes = !old.includes(one) && isSettled(one, ports) && left > (order.maxBytes ?? Infinity);
    if (goes) left -= one.bytes;
    return goes;
  });
  return [...old, ...further];
}

/** Those that nobody has open, used least recently first. */
function candidates({ store, isOpen }: GcPorts): ContextSummary[] {
  const closed = store.contexts().filter((one) => copyPlace(one) === undefined && !isOpen(one.key));
  return closed.sort((a, b) => a.usedAt - b.usedAt);
}

function isOld({ usedAt }: ContextSummary, { now }: GcPorts, { olderThan = Infinity }: GcOrder): boolean {
  return now() - usedAt >= olderThan * 1000;
}

/** What was put or asked for a moment ago stays in the store, so that forgetting its context would free nothing. */
function isSettled({ usedAt }: ContextSummary, { now, store }: GcPorts): boolean {
  return now() - usedAt > store.graceMs;
}

function told({ label: path, files, bytes, usedAt }: ContextSummary) {
  return { path, files, bytes, usedAt: new Date(usedAt).toISOString() };
}

class Forgetting {
  readonly #ports: GcPorts;
  readonly contexts: ContextSummary[] = [];
  /** BuildKit's copies: bytes that were freed, and copies whose engine was not reached. */
  readonly builder = { freed: 0, left: 0 };

  constructor(ports: GcPorts) {
    this.#ports = ports;
  }

  async forget(context: ContextSummary): Promise<void> {
    const { store, isOpen, drop } = this.#ports;
    // Letting go of the one before may have taken a minute, in which this one was used.
    const found = candidates(this.#ports).find(({ key }) => key === context.key);
    if (found?.usedAt !== context.usedAt) return;
    await store.remove(context.key);
    // One that was opened meanwhile has what it needs in memory, and is sent anew when that is gone.
    if (isOpen(context.key)) return;
    drop(context.key);
    this.contexts.push(context);
    await this.#forgetCopies(({ context: owner }) => owner === context.key);
  }

  /** Copies of contexts that are not there any more. */
  async forgetOrphans(): Promise<void> {
    const known = new Set<string>(this.#ports.store.contexts().map(({ key }) => key));
    await this.#forgetCopies(({ context }) => !known.has(context));
  }

  async #forgetCopies(isMeant: (copy: CopyPlace) => boolean): Promise<void> {
    const { store, isOpen, letGo } = this.#ports;
    for (const record of store.contexts()) {
      const copy = copyPlace(record);
      if (copy === undefined || !isMeant(copy) || isOpen(copy.context)) continue;
      await store.remove(record.key);
      const freed = await letGo(copy);
      if (freed === undefined) this.builder.left++;
      else this.builder.freed += freed;
    }
  }
}
