import net from 'node:net';

/** A connection with the agent that listens at `path`. Rejects with the system's error. */
export function connectSocket(path: string): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ path, allowHalfOpen: true });
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

/** Whether somebody listens there. */
export async function canConnect(path: string): Promise<boolean> {
  try {
    (await connectSocket(path)).destroy();
    return true;
  } catch {
    return false;
  }
}
