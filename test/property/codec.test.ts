import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PresyncError } from '../../src/base/errors.ts';
import { decodeFrame, encodeFrame } from '../../src/protocol/codec.ts';
import { messages } from '../support/wireArbitraries.ts';

const full = process.env['PRESYNC_FULL'] === '1';
const seed = Number(process.env['PRESYNC_SEED']);

/** A message as plain data: errors by what travels, bytes whatever class holds them. */
function comparable(value: unknown): unknown {
  if (value instanceof PresyncError) {
    const { code, message, hint, data } = value;
    return { code, message, hint, data: comparable(data) };
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (value instanceof Map) return [...(value as Map<unknown, unknown>)].sort();
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, comparable(part)]));
}

describe.each(Object.entries(messages))('a %s message', (_type, arbitrary) => {
  test('arrives as it was sent', () => {
    fc.assert(
      fc.property(arbitrary, fc.nat(), (message, id) => {
        const envelope = decodeFrame(encodeFrame(id, message));
        expect(envelope.id).toBe(id);
        expect(comparable(envelope.message)).toEqual(comparable(message));
      }),
      { seed, numRuns: full ? 2000 : 100 },
    );
  });

  test('cut short or with a byte changed is decoded or refused, never anything else', () => {
    fc.assert(
      fc.property(arbitrary, fc.nat(), fc.nat(), fc.nat(255), (message, cut, at, byte) => {
        const frame = encodeFrame(1, message);
        const broken = Uint8Array.from(frame.subarray(0, cut % (frame.length + 1)));
        if (broken.length > 0) broken[at % broken.length] = byte;
        try {
          decodeFrame(broken);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(PresyncError);
          expect(['PROTOCOL', 'LIMIT']).toContain((thrown as PresyncError).code);
        }
      }),
      { seed, numRuns: full ? 20_000 : 500 },
    );
  });
});

test('any bytes at all are decoded or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      try {
        decodeFrame(bytes);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(PresyncError);
      }
    }),
    { seed, numRuns: full ? 200_000 : 10_000 },
  );
});
