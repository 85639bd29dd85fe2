import type { Socket } from 'node:net';

/**
 * Joins two connections: bytes go both ways as fast as the slower one takes them, and either side may end its own
 * direction while it still listens. When one is gone the other goes too, after what is on its way to it. Resolves then.
 */
export function bridge(one: Socket, other: Socket): Promise<void> {
  return Promise.all([passOn(one, other), passOn(other, one)]).then(() => {});
}

function passOn(from: Socket, to: Socket): Promise<void> {
  // Waits for what the other end is slow to take, and passes an end on as an end.
  from.pipe(to);
  return new Promise((resolve) => {
    from.on('error', () => to.destroy());
    from.on('close', () => {
      to.destroySoon();
      resolve();
    });
    if (from.destroyed) to.destroy();
  });
}
