/**
 * The engine's record of builds, as `docker buildx history ls` shows it.
 *
 * POST /grpc, upgraded to h2c, carries `moby.buildkit.v1.Control`; ListenBuildHistory with early_exit streams an event
 * for each record and ends. An event's record (field 2) names its build by ref (field 1).
 */
import { connect as connectHttp2 } from 'node:http2';
import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import protobuf from 'protobufjs';

const schema = protobuf.parse(`
  syntax = "proto3";
  message BuildHistoryRequest { bool activeOnly = 1; string ref = 2; bool earlyExit = 3; }
  message BuildHistoryEvent { int32 type = 1; BuildHistoryRecord record = 2; }
  message BuildHistoryRecord { string ref = 1; string frontend = 2; map<string, string> frontendAttrs = 3; }
`).root;

export interface BuildRecord {
  readonly ref: string;
  readonly frontend: string;
  readonly frontendAttrs: Readonly<Record<string, string>>;
}

/** The builds that an engine remembers. 20.10 keeps no history. */
export async function buildHistory(socketPath: string): Promise<BuildRecord[]> {
  const socket = await upgrade(socketPath);
  const session = connectHttp2('http://localhost', { createConnection: () => socket });
  try {
    const call = session.request({
      ':method': 'POST',
      ':path': '/moby.buildkit.v1.Control/ListenBuildHistory',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const trailers = new Promise<string>((resolve) => {
      call.on('response', (headers) => headers['grpc-status'] && resolve(String(headers['grpc-message'])));
      call.on('trailers', (headers) => resolve(headers['grpc-status'] === '0' ? '' : String(headers['grpc-message'])));
    });
    call.end(frame(schema.lookupType('BuildHistoryRequest').encode({ earlyExit: true }).finish()));
    const answer = await buffer(call);
    const failure = await trailers;
    if (failure) throw new Error(failure);
    return messages(answer).map((message) => {
      const event = schema.lookupType('BuildHistoryEvent').decode(message) as unknown as { record: BuildRecord };
      return event.record;
    });
  } finally {
    session.destroy();
  }
}

function upgrade(socketPath: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const headers = { Connection: 'Upgrade', Upgrade: 'h2c' };
    const call = request({ socketPath, method: 'POST', path: '/grpc', headers });
    call.on('upgrade', (_, socket, head) => {
      // The server's first frames may come with its answer.
      socket.unshift(head);
      resolve(socket);
    });
    call.on('error', reject);
    call.end();
  });
}

/** gRPC's framing: a byte for compression (0), the length in four bytes, the message. */
function frame(message: Uint8Array): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
}

function messages(answer: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < answer.length;) {
    const end = at + 5 + answer.readUInt32BE(at + 1);
    found.push(answer.subarray(at + 5, end));
    at = end;
  }
  return found;
}
