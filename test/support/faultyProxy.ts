import net from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary.ts';

/**
 * A socket in front of another that does to connections what networks do: cuts them at a byte, swallows what is sent
 * without a word, stalls, and takes its time.
 */
export class FaultyProxy {
  readonly path: string;
  readonly #server: net.Server;
  readonly #pairs = new Set<Pair>();
  /** Milliseconds that each piece takes, one way. */
  latency = 0;
  /** New connections are cut after so many bytes, counted both ways together. */
  cutAfter = Infinity;
  /** How often somebody has connected, and how often a connection was cut by us. */
  connections = 0;
  cuts = 0;
  /** What the target was given, for who wants to know: all of it has reached its socket, also where the link is cut then. */
  given: Buffer[] | undefined;
  #isDead = false;
  #isStalled = false;

  private constructor(path: string, target: string) {
    this.path = path;
    this.#server = net.createServer({ allowHalfOpen: true }, (near) => {
      this.connections++;
      const far = net.connect({ path: target, allowHalfOpen: true });
      const pair: Pair = { near, far, left: this.cutAfter };
      this.#pairs.add(pair);
      this.#carry(pair, near, far);
      this.#carry(pair, far, near);
    });
  }

  /** In front of `target` until the calling test has ended. */
  static async before(target: string): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(join(temporaryFolder(), 'p.sock'), target);
    await new Promise<void>((resolve) => proxy.#server.listen(proxy.path, resolve));
    onTestFinished(() => proxy.close());
    return proxy;
  }

  /** Cuts all connections at once. */
  cut(): void {
    for (const pair of [...this.#pairs]) this.#cut(pair, 'anywhere');
  }

  /** From now on everything is swallowed, in both directions, and nobody is told: what a pulled cable looks like. */
  die(): void {
    this.#isDead = true;
  }

  /** Nothing is read any more until `resume`: whoever sends is held back. */
  stall(): void {
    this.#isStalled = true;
    for (const { near, far } of this.#pairs) for (const socket of [near, far]) socket.pause();
  }

  resume(): void {
    this.#isStalled = false;
    for (const { near, far } of this.#pairs) for (const socket of [near, far]) socket.resume();
  }

  close(): void {
    for (const { near, far } of this.#pairs) for (const socket of [near, far]) socket.destroy();
    this.#pairs.clear();
    this.#server.close();
  }

  #carry(pair: Pair, from: net.Socket, to: net.Socket): void {
    from.on('data', (bytes) => {
      if (this.#isDead) return;
      const part = bytes.subarray(0, pair.left);
      pair.left -= part.length;
      const last = pair.left <= 0;
      later(this.latency, () => {
        if (to.destroyed) return;
        if (to === pair.far) this.given?.push(part);
        if (!to.write(part)) hold(from, to, () => this.#isStalled);
        if (last) this.#cut(pair, 'at this byte');
      });
    });
    from.on('end', () => {
      if (!this.#isDead) later(this.latency, () => to.end());
    });
    from.on('error', () => {});
    from.on('close', () => {
      // A pair that was cut ends in its own way.
      if (this.#isDead || !this.#pairs.delete(pair)) return;
      later(this.latency, () => to.destroy());
    });
    if (this.#isStalled) from.pause();
  }

  #cut(pair: Pair, where: 'anywhere' | 'at this byte'): void {
    if (!this.#pairs.delete(pair)) return;
    this.cuts++;
    pair.near.destroy();
    if (where === 'anywhere') pair.far.destroy();
    else pair.far.destroySoon();
  }
}

interface Pair {
  readonly near: net.Socket;
  readonly far: net.Socket;
  left: number;
}

/** Timers of equal length run in order, so pieces keep theirs. */
function later(ms: number, run: () => void): void {
  if (ms === 0) run();
  else setTimeout(run, ms);
}

function hold(from: net.Socket, to: net.Socket, isStalled: () => boolean): void {
  from.pause();
  to.once('drain', () => {
    if (!isStalled()) from.resume();
  });
}
