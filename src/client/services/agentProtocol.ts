/**
 * The ssh agent protocol (draft-miller-ssh-agent), as far as a build may use it: to list keys and to sign with them.
 *
 * A message is its length (u32, big endian) and its bytes, of which the first is its type. Every request is answered by
 * one message, in order.
 */
import { PresyncError } from '../../base/errors.ts';

const requestIdentities = 11;
const signRequest = 13;
const failure = Buffer.from([0, 0, 0, 1, 5]);

/** What OpenSSH's agent accepts at most. */
const maxMessageBytes = 256 * 1024;

/** Where messages come from and go to. */
export interface AgentChannel {
  read(): AsyncIterable<Uint8Array>;
  write(bytes: Uint8Array): Promise<void>;
}

/**
 * Carries requests to the agent and its answers back until there are no more requests. What would change the agent (add
 * or remove keys, lock it) is answered with a failure, as by docker's own clients.
 */
export async function serveReadOnly(requests: AgentChannel, agent: AgentChannel): Promise<void> {
  const answers = messages(agent.read());
  for await (const request of messages(requests.read())) {
    const type = request[4];
    if (type !== requestIdentities && type !== signRequest) {
      await requests.write(failure);
      continue;
    }
    await agent.write(request);
    const answer = await answers.next();
    if (answer.done) throw new PresyncError('SSH_AGENT', 'The ssh agent ended without an answer.');
    await requests.write(answer.value);
  }
}

/** Whole messages with their lengths. PROTOCOL for one that is empty, too long or cut. */
async function* messages(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let pending = Buffer.alloc(0);
  for await (const piece of pieces) {
    pending = Buffer.concat([pending, piece]);
    while (pending.length >= 4) {
      const length = pending.readUInt32BE(0);
      if (length === 0 || length > maxMessageBytes) throw malformed();
      if (pending.length < 4 + length) break;
      yield pending.subarray(0, 4 + length);
      pending = pending.subarray(4 + length);
    }
  }
  if (pending.length > 0) throw malformed();
}

function malformed(): PresyncError {
  return new PresyncError('PROTOCOL', 'What was said is not the ssh agent protocol.');
}
