import type { OutgoingHttpHeaders } from 'node:http2';
import { fromBytes } from '../../src/base/bytes.ts';
import type { ByteString } from '../../src/base/bytes.ts';
import { fsutil } from '../../src/builder/generated/buildkit.js';
import type { GrpcConnection } from '../../src/builder/grpc/client.ts';
import { frame } from '../../src/builder/grpc/framing.ts';
import { readMessages } from '../../src/builder/grpc/messages.ts';
import type { GrpcStatus } from '../../src/builder/grpc/status.ts';

const { Packet } = fsutil;

export interface Received {
  readonly stats: fsutil.Stat.$Properties[];
  /** Content by path. */
  readonly files: Map<ByteString, Buffer>;
  /** The text of an ERR packet; '' for none. */
  readonly error: string;
  readonly status: GrpcStatus | undefined;
}

/** BuildKit's side of a DiffCopy: takes all stats, asks for the files that `wants` says, then ends. */
export async function receiveTree(
  connection: GrpcConnection,
  headers: OutgoingHttpHeaders,
  wants: (path: ByteString) => boolean = () => true,
): Promise<Received> {
  const { stream, status } = connection.open('/moby.filesync.v1.FileSync/DiffCopy', headers);
  const send = (packet: fsutil.Packet.$Properties) => stream.write(frame(Packet.encode(packet).finish()));
  const stats: fsutil.Stat.$Properties[] = [];
  const parts = new Map<number, Uint8Array[]>();
  const files = new Map<ByteString, Buffer>();
  let open = 0;
  let error = '';
  const finishWhenIdle = () => open === 0 && send({ type: Packet.Type.FIN });
  for await (const message of readMessages(stream)) {
    const packet = Packet.decode(message);
    if (packet.type === Packet.Type.STAT && packet.stat) {
      const { path, mode } = packet.stat;
      if (wants(fromBytes(path!)) && (mode ?? 0) < 0o1000) {
        open++;
        send({ type: Packet.Type.REQ, id: stats.length });
        parts.set(stats.length, []);
      }
      stats.push(packet.stat);
    } else if (packet.type === Packet.Type.STAT) {
      finishWhenIdle();
    } else if (packet.type === Packet.Type.DATA && packet.data.length > 0) {
      parts.get(packet.id)!.push(Uint8Array.from(packet.data));
    } else if (packet.type === Packet.Type.DATA) {
      files.set(fromBytes(stats[packet.id]!.path!), Buffer.concat(parts.get(packet.id)!));
      open--;
      finishWhenIdle();
    } else if (packet.type === Packet.Type.FIN) {
      stream.end();
    } else if (packet.type === Packet.Type.ERR) {
      error = Buffer.from(packet.data).toString();
    }
  }
  stream.end();
  return { stats, files, error, status: await status };
}
