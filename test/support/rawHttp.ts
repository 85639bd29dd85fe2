import net from 'node:net';
import { onTestFinished } from 'vitest';

/** An HTTP client that sends exactly what it is told, and keeps what comes back. */
export class RawClient {
  readonly socket: net.Socket;
  received = '';
  #ended = false;
  #woken: (() => void)[] = [];

  constructor(path: string) {
    this.socket = net.connect({ path, allowHalfOpen: true });
    this.socket.on('data', (data) => {
      this.received += data.toString('latin1');
      this.#wake();
    });
    for (const event of ['end', 'close'] as const) this.socket.on(event, () => this.#end());
    this.socket.on('error', () => {});
    onTestFinished(() => void this.socket.destroy());
  }

  send(text: string): this {
    this.socket.write(text, 'latin1');
    return this;
  }

  /** Waits until what came matches. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.received)) {
      if (this.#ended) throw new Error(`ended before ${String(pattern)}: ${JSON.stringify(this.received)}`);
      await this.#change();
    }
    return this.received;
  }

  /** All that came until the other side ended. */
  async ended(): Promise<string> {
    while (!this.#ended) await this.#change();
    return this.received;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#woken.push(resolve));
  }

  #end(): void {
    this.#ended = true;
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#woken.splice(0)) resolve();
  }
}
