import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Two ends of a real connection, closed when the calling test has ended. */
export async function socketPair(): Promise<[net.Socket, net.Socket]> {
  const folder = mkdtempSync(join(tmpdir(), 'presync-pair-'));
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(join(folder, 's'), resolve));
  const accepted = new Promise<net.Socket>((resolve) => server.once('connection', resolve));
  const dialled = net.connect(join(folder, 's'));
  const other = await accepted;
  server.close();
  onTestFinished(() => {
    dialled.destroy();
    other.destroy();
    rmSync(folder, { recursive: true, force: true });
  });
  return [dialled, other];
}
