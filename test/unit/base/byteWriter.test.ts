import { expect, test } from 'vitest';
import type { ByteString } from '../../../src/base/bytes.ts';
import { ByteReader } from '../../../src/base/byteReader.ts';
import { ByteWriter } from '../../../src/base/byteWriter.ts';

test.each([0, 1, 3, 7, 1024])('what is written is read back, whenever the buffer grows (from %i bytes)', (capacity) => {
  const writer = new ByteWriter(capacity);
  for (let i = 0; i < 20; i++) {
    writer
      .u8(i)
      .u32(4_000_000_000 + i)
      .u53(2 ** 52 + i)
      .i64(-(2n ** 62n) + BigInt(i));
    writer.raw(Uint8Array.of(1, 2, i)).sized(`n\xff${i}` as ByteString);
  }
  const reader = new ByteReader(writer.view());
  for (let i = 0; i < 20; i++) {
    expect([reader.u8(), reader.u32(), reader.u53(), reader.i64()]).toEqual([
      i,
      4_000_000_000 + i,
      2 ** 52 + i,
      -(2n ** 62n) + BigInt(i),
    ]);
    expect([...reader.raw(3)]).toEqual([1, 2, i]);
    expect(reader.sized()).toBe(`n\xff${i}`);
  }
  expect(reader.done).toBe(true);
});

test('reading beyond the end is a RangeError', () => {
  expect(() => new ByteReader(Uint8Array.of(1, 2, 3)).u32()).toThrow(RangeError);
});
