import { describe, expect, it } from 'vitest';
import { frame, FrameDecoder } from '../../../src/builder/grpc/framing.ts';

const messages = ['', 'a', 'some more bytes', 'x'.repeat(300)].map((text) => Buffer.from(text));

function decode(chunks: Iterable<Uint8Array>, limit = 1024): string[] {
  const decoder = new FrameDecoder(limit);
  const found: string[] = [];
  for (const chunk of chunks) for (const message of decoder.push(chunk)) found.push(Buffer.from(message).toString());
  decoder.end();
  return found;
}

describe('gRPC framing', () => {
  it('puts a flag and four bytes of length before a message', () => {
    expect(frame(Buffer.from('abc'))).toEqual(Buffer.from([0, 0, 0, 0, 3, 97, 98, 99]));
  });

  it('reads messages split at any byte', () => {
    const bytes = Buffer.concat(messages.map(frame));
    const expected = messages.map(String);
    expect(decode([bytes])).toEqual(expected);
    for (let at = 0; at <= bytes.length; at++) {
      expect(decode([bytes.subarray(0, at), bytes.subarray(at)]), `split at ${at}`).toEqual(expected);
    }
    expect(decode(Array.from(bytes, (_, i) => bytes.subarray(i, i + 1)))).toEqual(expected);
  });

  it('refuses compression', () => {
    expect(() => decode([Buffer.from([1, 0, 0, 0, 0])])).toThrow(expect.objectContaining({ code: 'PROTOCOL' }));
  });

  it('accepts the limit and refuses one byte more by the header alone', () => {
    expect(decode([frame(Buffer.alloc(1024))])).toHaveLength(1);
    const header = frame(Buffer.alloc(1025)).subarray(0, 5);
    expect(() => decode([header])).toThrow(expect.objectContaining({ code: 'LIMIT' }));
  });

  it('refuses an end inside a message or a header', () => {
    const bytes = frame(Buffer.from('abc'));
    for (const length of [1, 4, 5, 7]) {
      expect(() => decode([bytes.subarray(0, length)])).toThrow(expect.objectContaining({ code: 'PROTOCOL' }));
    }
  });
});
