import { describe, expect, it } from 'vitest';
import type { ByteString } from '../../../src/base/bytes.ts';
import { fromBytes } from '../../../src/base/bytes.ts';
import type { IndexedFiles } from '../../../src/builder/diffcopy/statStream.ts';
import { statStream } from '../../../src/builder/diffcopy/statStream.ts';
import { fsutil } from '../../../src/builder/generated/buildkit.js';
import { FrameDecoder } from '../../../src/builder/grpc/framing.ts';
import { builderLimits } from '../../../src/builder/limits.ts';
import { apply } from '../../../src/context/apply.ts';
import { comparePaths } from '../../../src/context/path.ts';
import type { Path } from '../../../src/context/path.ts';
import { emptySnapshot } from '../../../src/context/snapshot.ts';
import type { Snapshot } from '../../../src/context/snapshot.ts';
import { digestOf } from '../../../src/context/digest.ts';

/** A tree of the given paths; what ends in '/' is a directory. */
function tree(paths: readonly string[]): Snapshot {
  return apply(
    emptySnapshot,
    paths.map((path) => {
      const clean = path.replace(/\/$/, '') as Path;
      const name = clean.slice(clean.lastIndexOf('/') + 1) as ByteString;
      const head = { name, mode: 0o755, mtime: 1n };
      const digest = digestOf(Buffer.alloc(0));
      return path.endsWith('/')
        ? { op: 'put', path: clean, entry: { kind: 'directory', ...head } }
        : { op: 'put', path: clean, entry: { kind: 'file', ...head, size: 0, digest, chunks: undefined } };
    }),
  );
}

function read(snapshot: Snapshot): { paths: string[]; files: IndexedFiles; slices: Buffer[]; ended: boolean } {
  const files: IndexedFiles = [];
  const slices = [...statStream(snapshot, files)];
  const decoder = new FrameDecoder(1 << 20);
  const packets = slices.flatMap((slice) => [...decoder.push(slice)]).map((bytes) => fsutil.Packet.decode(bytes));
  decoder.end();
  const stats = packets.filter(({ stat }) => stat);
  return {
    paths: stats.map(({ stat }) => fromBytes(stat!.path!)),
    files,
    slices,
    ended: packets.length === stats.length + 1 && !packets.at(-1)!.stat,
  };
}

describe('the stat stream', () => {
  it('is depth first with siblings bytewise, whatever the separator sorts like', () => {
    const paths = ['a/', 'a/b/', 'a/b/x', 'a!', 'a-b', 'b', 'b\xc3\xa4', 'b\xff'];
    expect(read(tree(paths))).toMatchObject({ paths: paths.map((path) => path.replace(/\/$/, '')), ended: true });
  });

  it('ends for an empty tree too', () => {
    expect(read(emptySnapshot)).toMatchObject({ paths: [], ended: true });
  });

  it('numbers directories as well', () => {
    const { files } = read(tree(['a/', 'a/x', 'b']));
    expect(files.map((file) => file?.name)).toEqual([undefined, 'x', 'b']);
  });

  it('comes in slices of whole packets', () => {
    const names = Array.from({ length: 3000 }, (_, i) => `${'n'.repeat(100)}${String(i).padStart(5, '0')}`);
    const { paths, slices } = read(tree(names));
    expect(paths).toEqual([...names].sort((a, b) => comparePaths(a as Path, b as Path)));
    expect(slices.length).toBeGreaterThan(4);
    for (const slice of slices) {
      expect(slice.length).toBeLessThanOrEqual(builderLimits.statSliceBytes);
      const alone = new FrameDecoder(1 << 20);
      expect([...alone.push(slice)].length).toBeGreaterThan(100);
      expect(() => alone.end()).not.toThrow();
    }
  });

  it('takes a link target that is longer than a slice', () => {
    const target = 'x'.repeat(100_000) as ByteString;
    const entry = { kind: 'symlink', name: 'l' as ByteString, mtime: 1n, target } as const;
    const { paths, ended } = read(apply(tree(['k']), [{ op: 'put', path: 'l' as Path, entry }]));
    expect(paths).toEqual(['k', 'l']);
    expect(ended).toBe(true);
  });
});
