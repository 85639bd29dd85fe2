import net from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary.ts';

/** A socket in front of another, so that a connection can be cut without harm to whoever listens there. */
export class SocketProxy {
  readonly path: string;
  readonly #sockets = new Set<net.Socket>();

  private constructor(path: string) {
    this.path = path;
  }

  static async before(target: string): Promise<SocketProxy> {
    const proxy = new SocketProxy(join(temporaryFolder(), 'proxy.sock'));
    const server = net.createServer((near) => {
      const far = net.connect(target);
      for (const socket of [near, far]) {
        proxy.#sockets.add(socket);
        socket.on('error', () => {});
      }
      near.pipe(far).pipe(near);
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
    });
    await new Promise<void>((resolve) => server.listen(proxy.path, resolve));
    onTestFinished(() => {
      proxy.cut();
      server.close();
    });
    return proxy;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }
}
