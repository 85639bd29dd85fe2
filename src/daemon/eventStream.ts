import { PresyncError } from '../base/errors.ts';
import type { Clock } from '../base/time.ts';
import type { LogEvent, StatusEvent } from '../context/buildEvent.ts';
import type { ToldEvent } from '../protocol/message.ts';
import type { Exchange } from '../transfer/exchange.ts';
import { daemonLimits } from './limits.ts';

/** What one Events message holds at most, well under a control frame. */
const batchBytes = 64 * 1024;
/** Between messages: a build's small events come in bursts. */
const gatherMs = 10;

/** An event that waits to be sent. */
interface Pending {
  event: ToldEvent;
}

/**
 * Sends a build's events to its client in order: at once after a pause, such as the first, else gathered into messages.
 * A client that does not take them slows nothing down, and what waits for it is bounded: of the progress of one thing
 * only the newest waits; output beyond the bound is left out, and said to be. Steps and remarks never are: a client for
 * which even they become too many is given up.
 */
export class EventStream {
  readonly #exchange: Exchange;
  readonly #clock: Clock;
  readonly #giveUp: (why: PresyncError) => void;
  #pending: Pending[] = [];
  #pendingBytes = 0;
  /** The progress that waits, by what it is of. */
  readonly #progress = new Map<string, Pending>();
  /** Output that there was no room for since the last event that there was: a piece of it, and how many bytes. */
  #omitted: { readonly log: LogEvent; readonly bytes: number } | undefined;
  #sentAt = -Infinity;
  #sending: Promise<void> | undefined;
  #givenUp = false;

  /** @param giveUp called once, with LIMIT, when the client takes so little that no more is kept for it */
  constructor(exchange: Exchange, clock: Clock, giveUp: (why: PresyncError) => void) {
    this.#exchange = exchange;
    this.#clock = clock;
    this.#giveUp = giveUp;
  }

  add(event: ToldEvent): void {
    if (this.#givenUp || this.#replaces(event)) return;
    const bytes = this.#pendingBytes + sizeOf(event);
    if (event.type === 'log' && bytes > daemonLimits.unsentEventBytes) {
      this.#omitted = { log: event, bytes: (this.#omitted?.bytes ?? 0) + event.data.length };
      return;
    }
    if (bytes > daemonLimits.unsentEventBytesAtMost) return this.#end();
    this.#tellOmitted();
    for (const part of split(event)) this.#push(part);
    this.#sending ??= this.#sendSoon();
  }

  /** Resolves when everything added so far is sent. */
  async flush(): Promise<void> {
    await this.#sending;
    this.#tellOmitted();
    await this.#send();
  }

  /** Progress takes the place of what waits of the same thing. */
  #replaces(event: ToldEvent): boolean {
    const older = event.type === 'status' ? this.#progress.get(keyOf(event)) : undefined;
    if (older !== undefined) older.event = event;
    return older !== undefined;
  }

  #push(event: ToldEvent): void {
    const pending = { event };
    this.#pending.push(pending);
    this.#pendingBytes += sizeOf(event);
    if (event.type === 'status') this.#progress.set(keyOf(event), pending);
  }

  #tellOmitted(): void {
    if (this.#omitted === undefined) return;
    const { log, bytes } = this.#omitted;
    this.#omitted = undefined;
    this.#push({ ...log, data: new TextEncoder().encode(`[${bytes} bytes of output left out]\n`) });
  }

  #sendSoon(): Promise<void> {
    const wait = Math.max(0, this.#sentAt + gatherMs - this.#clock.now());
    return new Promise((resolve) => {
      this.#clock.schedule(wait, () => void this.#send().finally(resolve));
    });
  }

  async #send(): Promise<void> {
    try {
      while (this.#pending.length > 0) await this.#exchange.send({ type: 'events', events: this.#takeBatch() });
    } catch {
      // The link is gone; the build's own handler notices and ends the build.
      this.#clear();
    }
    this.#sentAt = this.#clock.now();
    this.#sending = undefined;
  }

  #takeBatch(): ToldEvent[] {
    let bytes = 0;
    let count = 0;
    while (count < this.#pending.length && (count === 0 || bytes < batchBytes)) {
      const { event } = this.#pending[count++]!;
      bytes += sizeOf(event);
      if (event.type === 'status') this.#progress.delete(keyOf(event));
    }
    this.#pendingBytes -= bytes;
    return this.#pending.splice(0, count).map(({ event }) => event);
  }

  #end(): void {
    this.#givenUp = true;
    this.#clear();
    this.#giveUp(new PresyncError('LIMIT', 'The client takes too little of what it is told of its build.'));
  }

  #clear(): void {
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#progress.clear();
    this.#omitted = undefined;
  }
}

/** What a progress is of. A digest has no space. */
function keyOf({ vertex, id }: StatusEvent): string {
  return `${vertex} ${id}`;
}

/** A long log event as several that fit into a message. */
function* split(event: ToldEvent): Generator<ToldEvent> {
  if (event.type !== 'log' || event.data.length <= batchBytes) {
    yield event;
    return;
  }
  for (let at = 0; at < event.data.length; at += batchBytes) {
    yield { ...event, data: event.data.subarray(at, at + batchBytes) };
  }
}

/** Roughly what an event takes on the wire. */
function sizeOf(event: ToldEvent): number {
  switch (event.type) {
    case 'log':
      return 100 + event.data.length;
    case 'vertex':
      return 150 + event.name.length * 2 + event.error.length * 2;
    case 'status':
      return 150 + event.id.length * 2;
    case 'warning':
      return 150 + (event.message.length + event.detail.length + event.url.length) * 2;
    default:
      return 150;
  }
}
