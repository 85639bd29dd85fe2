/** Runs on the far side of a link: `node relay.mjs PORT SOCKET` passes connections on to a socket there. */
import net from 'node:net';

const [port, path] = process.argv.slice(2);
net
  .createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = net.connect({ path, allowHalfOpen: true });
    for (const socket of [near, far]) socket.on('error', () => {});
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  })
  .listen(Number(port));
