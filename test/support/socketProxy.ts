import net from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary.ts';

/** A socket in front of another: it counts what comes, and can be cut without harm to whoever listens there. */
export class SocketProxy {
  readonly path: string;
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();
  #connections = 0;

  /** Listens at `path`, which has to be free. */
  constructor(path: string, target: string) {
    this.path = path;
    this.#server = net.createServer((near) => {
      const far = net.connect(target);
      this.#connections++;
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', () => {});
      }
      near.pipe(far).pipe(near);
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
    });
  }

  /** In front of `target` until the calling test has ended. */
  static async before(target: string): Promise<SocketProxy> {
    const proxy = new SocketProxy(join(temporaryFolder(), 'proxy.sock'), target);
    await proxy.listen();
    onTestFinished(() => proxy.close());
    return proxy;
  }

  /** How often somebody has connected. */
  get connections(): number {
    return this.#connections;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.path, resolve));
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  /** From now on nobody can connect. */
  close(): void {
    this.cut();
    this.#server.close();
  }
}
