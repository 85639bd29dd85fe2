import { describe, expect, test } from 'vitest';
import { fromBytes, fromText } from '../../../src/base/bytes.ts';
import { ChunkList } from '../../../src/context/chunkList.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { Entry } from '../../../src/context/entry.ts';
import { cutPages, decodeRecord, encodePage, encodePages } from '../../../src/store/directoryRecord.ts';
import { Contents } from '../../support/contents.ts';
import { directory } from '../../support/storedTrees.ts';

const contents = new Contents();

/** Files named by numbers, in order. */
function many(count: number): Entry[] {
  return Array.from({ length: count }, (_, i) => contents.file(String(i).padStart(6, '0'), 'x'));
}

describe('a directory record', () => {
  test('gives back what no identity holds: mtimes, modes, chunk lists, odd names and targets', () => {
    const chunks = ChunkList.from([
      { digest: digestOf(Buffer.from('a')), size: 1 },
      { digest: digestOf(Buffer.from('b')), size: 1 },
    ]);
    const name = fromBytes(Buffer.from('\xff\xfe \n', 'latin1'));
    const children: Entry[] = [
      { ...contents.file('a', 'ab'), mode: 0o4711, mtime: -1n, chunks },
      { ...contents.file('b', ''), mtime: 2n ** 62n, size: 2 ** 52 },
      { kind: 'symlink', name, mtime: 3n, target: fromBytes(Buffer.from('../\x80', 'latin1')) },
    ];
    expect(decodeRecord(encodePage(children, () => digestOf(Buffer.from(''))))).toMatchObject({ children });
  });

  test('names a child directory by its record', () => {
    const record = digestOf(Buffer.from('record'));
    const decoded = decodeRecord(encodePage([directory('d', contents.file('a', 'x'))], () => record));
    const head = { kind: 'directory', name: fromText('d'), mode: 0o750, mtime: 7n };
    expect(decoded).toEqual({ children: [{ head, record }] });
  });

  test('of pages lists them in order', () => {
    const pages = ['a', 'b', 'c'].map((text) => digestOf(Buffer.from(text)));
    expect(decodeRecord(encodePages(pages))).toEqual({ pages });
  });

  test('that ends too soon, or is of an unknown kind, is refused', () => {
    const bytes = encodePage(many(2), () => digestOf(Buffer.from('')));
    expect(() => decodeRecord(bytes.subarray(0, -1))).toThrow(RangeError);
    expect(() => decodeRecord(new Uint8Array([9, 0, 0, 0, 0]))).toThrow(RangeError);
    expect(() => decodeRecord(new Uint8Array([1, 0xff, 0xff, 0xff, 0xff]))).toThrow(RangeError);
  });
});

describe('pages', () => {
  test('a small directory is one', () => {
    expect(cutPages(many(512), 512)).toHaveLength(1);
    expect(cutPages([], 512)).toEqual([[]]);
  });

  test('hold all children in order, none too many', () => {
    const children = many(20_000);
    const pages = cutPages(children, 512);
    expect(pages.flat()).toEqual(children);
    expect(pages.length).toBeGreaterThan(20);
    expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(2048);
  });

  test('a new child changes few of them, wherever it is', () => {
    const children = many(20_000);
    const pages = new Set(cutPages(children, 512).map((page) => page.map((child) => child.name).join()));
    for (const at of [0, 7777, 19_999]) {
      const more = [...children.slice(0, at), contents.file('new', 'x'), ...children.slice(at)];
      const changed = cutPages(more, 512).filter((page) => !pages.has(page.map((child) => child.name).join()));
      expect(changed.length).toBeLessThanOrEqual(3);
    }
  });
});
