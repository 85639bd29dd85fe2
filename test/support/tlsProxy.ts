import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary.ts';

/**
 * A TCP port that demands a client certificate, in front of a unix socket, as an engine with --tlsverify has one.
 * Returns the port and the folder of the client's ca.pem, cert.pem and key.pem.
 */
export async function tlsProxy(target: string): Promise<{ port: number; certificates: string }> {
  const folder = temporaryFolder();
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const certificate = (name: string, subject: string, extension: string) => {
    writeFileSync(join(folder, 'ext'), extension);
    openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-out', 'csr', '-subj', subject);
    const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'ext'];
    openssl('x509', '-req', '-in', 'csr', '-out', `${name}.crt`, ...signed);
  };
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=ca');
  certificate('server', '/CN=engine', 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth');
  certificate('client', '/CN=client', 'extendedKeyUsage=clientAuth');
  writeFileSync(join(folder, 'cert.pem'), readFileSync(join(folder, 'client.crt')));
  writeFileSync(join(folder, 'key.pem'), readFileSync(join(folder, 'client.key')));

  const read = (name: string) => readFileSync(join(folder, name));
  const options = { ca: read('ca.pem'), cert: read('server.crt'), key: read('server.key') };
  const sockets = new Set<net.Socket>();
  const server = tls.createServer({ ...options, requestCert: true, rejectUnauthorized: true }, (near) => {
    const far = net.connect(target);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as net.AddressInfo).port, certificates: folder };
}
