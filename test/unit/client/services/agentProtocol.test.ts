import { describe, expect, it } from 'vitest';
import type { AgentChannel } from '../../../../src/client/services/agentProtocol.ts';
import { serveReadOnly } from '../../../../src/client/services/agentProtocol.ts';

const message = (type: number, body = ''): Buffer => {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(1 + body.length, 0);
  head[4] = type;
  return Buffer.concat([head, Buffer.from(body)]);
};

/** What a step sends, piece by piece; keeps what it is answered. */
function step(pieces: readonly Uint8Array[]): AgentChannel & { readonly answers: Buffer[] } {
  const answers: Buffer[] = [];
  return {
    answers,
    read: async function* () {
      yield* pieces;
    },
    write: (bytes) => Promise.resolve(void answers.push(Buffer.from(bytes))),
  };
}

/** An agent that answers every request with its type plus one, in two pieces. */
function agent(): AgentChannel & { readonly requests: number[] } {
  const requests: number[] = [];
  let wake: () => void = () => {};
  const waiting: Buffer[] = [];
  return {
    requests,
    write: (bytes) => {
      requests.push(bytes[4]!);
      const answer = message(bytes[4]! + 1, 'answer');
      waiting.push(answer.subarray(0, 3), answer.subarray(3));
      wake();
      return Promise.resolve();
    },
    read: async function* () {
      for (;;) {
        const next = waiting.shift();
        if (next !== undefined) yield next;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}

describe('the ssh agent of a build', () => {
  it('lists keys and signs, however the bytes are cut', async () => {
    const bytes = Buffer.concat([message(11), message(13, 'sign this')]);
    for (const size of [1, 3, 100]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      const [asking, asked] = [step(pieces), agent()];
      await serveReadOnly(asking, asked);
      expect(asked.requests).toEqual([11, 13]);
      expect(asking.answers).toEqual([message(12, 'answer'), message(14, 'answer')]);
    }
  });

  // Adding keys, removing one or all, locking, smartcards, extensions; and what no agent knows.
  it.each([17, 18, 19, 20, 21, 22, 23, 25, 26, 27, 1, 5, 255])('does not do %i', async (type) => {
    const [asking, asked] = [step([message(11), message(type, 'x'), message(11)]), agent()];
    await serveReadOnly(asking, asked);
    expect(asked.requests).toEqual([11, 11]);
    expect(asking.answers).toEqual([message(12, 'answer'), message(5), message(12, 'answer')]);
  });

  it.each([
    ['an empty message', Buffer.alloc(4)],
    ['a message of 4 GiB', Buffer.from('ffffffff0b', 'hex')],
    ['a message that is cut', message(11).subarray(0, 4)],
  ])('refuses %s', async (_, bytes) => {
    await expect(serveReadOnly(step([bytes]), agent())).rejects.toMatchObject({ code: 'PROTOCOL' });
  });

  it('ends when the agent does', async () => {
    const ended: AgentChannel = { read: async function* () {}, write: () => Promise.resolve() };
    await expect(serveReadOnly(step([message(11)]), ended)).rejects.toMatchObject({ code: 'SSH_AGENT' });
  });
});
