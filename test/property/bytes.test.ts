import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ByteString } from '../../src/base/bytes.ts';
import { escapeControls, fromBytes, fromText, toBytes, toDisplay, toText } from '../../src/base/bytes.ts';
import { ByteReader } from '../../src/base/byteReader.ts';
import { ByteWriter } from '../../src/base/byteWriter.ts';
import { errorMessage, PresyncError } from '../../src/base/errors.ts';
import { backoffDelay } from '../../src/base/time.ts';
import { cleanPath, runesOf, toValidText, trimLeftSpace, trimSpace } from '../../src/context/goText.ts';

const full = process.env['PRESYNC_FULL'] === '1';
const parameters = { seed: Number(process.env['PRESYNC_SEED']), numRuns: full ? 20_000 : 1_000 };

const texts = fc.string({ unit: 'binary', maxLength: 40 });
/** Bytes that are often almost UTF-8. */
const bytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc
    .tuple(texts, fc.uint8Array({ maxLength: 3 }), texts)
    .map(([a, b, c]) => toBytes(`${fromText(a)}${fromBytes(b)}${fromText(c)}` as ByteString)),
);

describe('byte strings', () => {
  test('give back bytes and texts', () => {
    fc.assert(
      fc.property(bytes, texts, (some, text) => {
        expect(toBytes(fromBytes(some))).toEqual(some);
        expect(toText(fromText(text))).toBe(text);
        expect(fromText(text)).toBe(fromBytes(new TextEncoder().encode(text)));
      }),
      parameters,
    );
  });

  test('compare as their bytes', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const [left, right] = [fromBytes(a), fromBytes(b)];
        expect(left < right).toBe(Buffer.compare(a, b) < 0);
      }),
      parameters,
    );
  });

  test('are shown without anything that a terminal or a reader could mistake', () => {
    fc.assert(
      fc.property(bytes, (some) => {
        expect(toDisplay(fromBytes(some))).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
      parameters,
    );
    expect(escapeControls('plain text, grüße')).toBe('plain text, grüße');
  });
});

type Written =
  | { readonly kind: 'u8' | 'u32' | 'u53'; readonly value: number }
  | { readonly kind: 'i64'; readonly value: bigint }
  | { readonly kind: 'raw'; readonly value: Uint8Array }
  | { readonly kind: 'sized'; readonly value: Uint8Array };

const written: fc.Arbitrary<Written> = fc.oneof(
  fc.nat(255).map((value) => ({ kind: 'u8' as const, value })),
  fc.nat(2 ** 32 - 1).map((value) => ({ kind: 'u32' as const, value })),
  fc.maxSafeNat().map((value) => ({ kind: 'u53' as const, value })),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => ({ kind: 'i64' as const, value })),
  bytes.map((value) => ({ kind: 'raw' as const, value })),
  bytes.map((value) => ({ kind: 'sized' as const, value })),
);

describe('a reader', () => {
  test('reads what a writer wrote, from any capacity, and not one byte more', () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 30 }), fc.nat(64), (list, capacity) => {
        const writer = new ByteWriter(capacity);
        for (const { kind, value } of list) {
          if (kind === 'i64') writer.i64(value);
          else if (kind === 'raw') writer.raw(value);
          else if (kind === 'sized') writer.sized(fromBytes(value));
          else writer[kind](value);
        }
        const reader = new ByteReader(writer.view());
        for (const { kind, value } of list) {
          if (kind === 'raw') expect(reader.raw(value.length)).toEqual(value);
          else if (kind === 'sized') expect(reader.sized()).toBe(fromBytes(value));
          else expect(reader[kind]()).toBe(value);
        }
        expect([reader.done, reader.offset]).toEqual([true, writer.length]);
        expect(() => reader.u8()).toThrow(RangeError);
      }),
      parameters,
    );
  });
});

describe("Go's reading of bytes", () => {
  test('of valid UTF-8 is the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(toValidText(fromText(text))).toBe(text);
        expect(runesOf(fromText(text))).toEqual(Array.from(text, (character) => character.codePointAt(0)));
      }),
      parameters,
    );
  });

  test('of other bytes takes each invalid one by itself', () => {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    /** The slow way: what the strict decoder takes, of up to four bytes; else one invalid byte. */
    const slowly = (some: Uint8Array): string => {
      let text = '';
      for (let at = 0; at < some.length;) {
        const found = [1, 2, 3, 4].find((size) => at + size <= some.length && decodes(some.subarray(at, at + size)));
        text += found === undefined ? '\ufffd' : strict.decode(some.subarray(at, at + found));
        at += found ?? 1;
      }
      return text;
    };
    const decodes = (some: Uint8Array) => {
      try {
        return strict.decode(some) !== '';
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(bytes, (some) => {
        expect(toValidText(fromBytes(some))).toBe(slowly(some));
      }),
      parameters,
    );
  });

  test('takes for white space what Unicode does', () => {
    const spaced = fc
      .array(
        fc.constantFrom(
          ' ',
          '\t',
          '\r',
          '\v',
          '\f',
          '\u0085',
          '\u00a0',
          '\u2003',
          '\u3000',
          '\u205f',
          '\ufeff',
          '\u200b',
          'x',
        ),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(spaced, (text) => {
        const left = text.replace(/^\p{White_Space}+/u, '');
        expect(trimLeftSpace(fromText(text))).toBe(fromText(left));
        expect(trimSpace(fromText(text))).toBe(fromText(left.replace(/\p{White_Space}+$/u, '')));
      }),
      parameters,
    );
  });

  test('cleans a path once and for all', () => {
    const untidy = fc
      .array(fc.constantFrom('a', 'b', '.', '..', '', '/', '...'), { maxLength: 8 })
      .map((parts) => parts.join('/'));
    fc.assert(
      fc.property(untidy, (text) => {
        const clean = cleanPath(fromText(text));
        expect(cleanPath(clean)).toBe(clean);
        expect(clean).not.toMatch(/\/\/|.\/$|^\.\/|\/\.(\/|$)|[^./]\/\.\.(\/|$)|^\/\.\.(\/|$)|^$/);
        expect(clean.startsWith('/')).toBe(text.startsWith('/'));
      }),
      parameters,
    );
  });
});

test('any thrown value has a message and is a PresyncError', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }), (thrown) => {
      expect(typeof errorMessage(thrown)).toBe('string');
      expect(PresyncError.from(thrown)).toBeInstanceOf(PresyncError);
    }),
    parameters,
  );
});

test('the delay before another attempt lies between half of its bound and the bound', () => {
  fc.assert(
    fc.property(fc.nat(2000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
      const bound = Math.min(30_000, 100 * 2 ** attempt);
      const ms = backoffDelay(attempt, 100, 30_000, () => chance);
      expect(ms).toBeGreaterThanOrEqual(bound / 2);
      expect(ms).toBeLessThanOrEqual(bound);
    }),
    parameters,
  );
});
