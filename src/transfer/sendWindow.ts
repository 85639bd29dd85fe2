import type { Clock } from '../base/time.ts';
import { limits } from '../protocol/limits.ts';

/** The longest that what is sent next should wait behind what is under way, in milliseconds. */
const queueTime = 60;

/** What one frame may take, since nothing gets between its bytes, in milliseconds. */
const frameTime = 50;

/** The fastest rate seen counts for so long, in milliseconds. */
const rateMemory = 3000;

/** So often the way is let run empty for a moment, since only then it shows how long it is, in milliseconds. */
const delayMemory = 10_000;

/** What was under way when something was sent. */
interface Mark {
  /** Of everything, up to and with it. */
  readonly sent: number;
  readonly at: number;
  /** Nothing else was under way: what it took is what the way takes. */
  readonly alone: boolean;
  /** What had arrived by then, and when the last of it had been heard of. */
  readonly arrived: number;
  readonly arrivedAt: number;
}

/**
 * How many bytes may be under way on a link whose other end tells what has arrived: enough that the link is never idle,
 * so few that a save which comes next waits for no more than a moment behind an upload.
 *
 * The operating system's own buffers hold seconds of a slow link, and nothing overtakes in there. So the rate at which
 * bytes arrive and the shortest time that one takes are measured, as BBR does (Cardwell et al., ACM Queue 14, 2016), and
 * what may be under way is what arrives in that time and `queueTime` together.
 */
export class SendWindow {
  readonly #clock: Clock;
  readonly #marks: Mark[] = [];
  #sent = 0;
  #arrived = 0;
  #arrivedAt: number;
  /** Bytes a millisecond. */
  #rate = 0;
  #rateAt = -Infinity;
  #shortest = Infinity;
  #shortestAt = -Infinity;
  #emptying = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#arrivedAt = clock.now();
  }

  /** Bytes that were sent and are not known to have arrived. */
  get underWay(): number {
    return this.#sent - this.#arrived;
  }

  get size(): number {
    if (this.#rate === 0) return limits.leastUnderWay;
    const time = this.#emptying ? 0 : this.#shortest + queueTime;
    return Math.min(limits.mostUnderWay, Math.max(limits.leastUnderWay, this.#rate * time));
  }

  get full(): boolean {
    return this.underWay > this.size;
  }

  /** Bytes of content that take about `frameTime` to send. */
  get frameTarget(): number {
    return Math.min(limits.mostFrameTarget, Math.max(limits.leastFrameTarget, this.#rate * frameTime));
  }

  /** Bytes are sent. Returns the total, for `arrived`. */
  add(bytes: number): number {
    const now = this.#clock.now();
    const alone = this.underWay === 0;
    // After a pause the time until the next arrival is not the link's.
    if (alone) this.#arrivedAt = now;
    this.#sent += bytes;
    this.#marks.push({ sent: this.#sent, at: now, alone, arrived: this.#arrived, arrivedAt: this.#arrivedAt });
    return this.#sent;
  }

  /** Everything up to that total has arrived. */
  arrived(total: number): void {
    const now = this.#clock.now();
    let mark: Mark | undefined;
    while (this.#marks[0] !== undefined && this.#marks[0].sent <= total) mark = this.#marks.shift();
    if (mark === undefined) return;
    const wasFull = this.full;
    this.#arrived = mark.sent;
    this.#arrivedAt = now;
    this.#noteDelay(now - mark.at, mark.alone, now);
    this.#noteRate((mark.sent - mark.arrived) / Math.max(1, now - mark.arrivedAt), now, wasFull);
  }

  /** The shortest delay is that of the way itself; the others are longer by what waited before them. */
  #noteDelay(delay: number, alone: boolean, now: number): void {
    const empty = alone || (this.#emptying && this.underWay <= limits.leastUnderWay);
    if (empty || delay < this.#shortest) {
      this.#shortest = delay;
      this.#shortestAt = now;
      this.#emptying = false;
    } else if (now - this.#shortestAt > delayMemory) {
      this.#emptying = true;
    }
  }

  /** A sample that was limited by what there was to send only counts when it is the best. */
  #noteRate(rate: number, now: number, wasFull: boolean): void {
    const outdated = wasFull && now - this.#rateAt > rateMemory;
    if (rate < this.#rate && !outdated) return;
    this.#rate = rate;
    this.#rateAt = now;
  }
}
