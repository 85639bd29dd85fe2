import type { Clock } from '../base/time.ts';
import type { BuildEvent } from '../context/buildEvent.ts';
import type { ToldEvent } from '../protocol/message.ts';
import type { Exchange } from '../transfer/exchange.ts';
import { daemonLimits } from './limits.ts';

type LogEvent = Extract<BuildEvent, { type: 'log' }>;

/** What one Events message holds at most, well under a control frame. */
const batchBytes = 64 * 1024;
/** Between messages: a build's small events come in bursts. */
const gatherMs = 10;

/**
 * Sends a build's events to its client in order: at once after a pause, such as the first, else gathered into messages.
 * A client that does not take them slows nothing down: log output beyond the bound is left out, and said to be.
 */
export class EventStream {
  readonly #exchange: Exchange;
  readonly #clock: Clock;
  #pending: ToldEvent[] = [];
  #pendingBytes = 0;
  /** Output that there was no room for since the last event that there was: a piece of it, and how many bytes. */
  #omitted: { readonly log: LogEvent; readonly bytes: number } | undefined;
  #sentAt = -Infinity;
  #sending: Promise<void> | undefined;

  constructor(exchange: Exchange, clock: Clock) {
    this.#exchange = exchange;
    this.#clock = clock;
  }

  add(event: ToldEvent): void {
    const size = sizeOf(event);
    if (event.type === 'log' && this.#pendingBytes + size > daemonLimits.unsentEventBytes) {
      this.#omitted = { log: event, bytes: (this.#omitted?.bytes ?? 0) + event.data.length };
      return;
    }
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

  #push(event: ToldEvent): void {
    this.#pending.push(event);
    this.#pendingBytes += sizeOf(event);
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
      this.#pending = [];
    }
    this.#sentAt = this.#clock.now();
    this.#sending = undefined;
  }

  #takeBatch(): ToldEvent[] {
    let bytes = 0;
    let count = 0;
    while (count < this.#pending.length && (count === 0 || bytes < batchBytes))
      bytes += sizeOf(this.#pending[count++]!);
    this.#pendingBytes -= bytes;
    return this.#pending.splice(0, count);
  }
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
    case 'warning':
      return 150 + (event.message.length + event.detail.length + event.url.length) * 2;
    default:
      return 150;
  }
}
