import net from 'node:net';

/** In front of an address on the far side: counts what passes, both ways, and delays it like a long cable. */
export class WireProxy {
  /** Bytes since the last `reset`, both directions together. */
  bytes = 0;
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();

  /** @param delayMs one way */
  constructor(target: { readonly host: string; readonly port: number }, delayMs: number) {
    this.#server = net.createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
      const far = net.connect({ ...target, allowHalfOpen: true, noDelay: true });
      this.#carry(near, far, delayMs);
      this.#carry(far, near, delayMs);
    });
  }

  /** At a port of this host's own. */
  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get port(): number {
    return (this.#server.address() as net.AddressInfo).port;
  }

  reset(): void {
    this.bytes = 0;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #carry(from: net.Socket, to: net.Socket, delayMs: number): void {
    this.#sockets.add(from);
    to.on('drain', () => from.resume());
    from.on('data', (bytes: Buffer) => {
      this.bytes += bytes.length;
      later(delayMs, () => {
        if (!to.destroyed && !to.write(bytes)) from.pause();
      });
    });
    from.on('end', () => later(delayMs, () => to.end()));
    from.on('error', () => {});
    from.on('close', () => {
      this.#sockets.delete(from);
      later(delayMs, () => to.destroy());
    });
  }
}

/** Timers of equal length run in order, so pieces keep theirs. */
function later(ms: number, run: () => void): void {
  if (ms === 0) run();
  else setTimeout(run, ms);
}
