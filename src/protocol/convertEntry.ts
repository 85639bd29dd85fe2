/** Wire ⇄ model for changes, entries and times. */
import type { ByteString } from '../base/bytes.ts';
import { fromBytes, toBytes } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';
import type { Path } from '../context/path.ts';
import { baseName, checkPath } from '../context/path.ts';
import { chunkListFromWire, chunkListToWire } from './convertChunkList.ts';
import { toDigest } from './convertDigest.ts';
import type { presync } from './generated/presync.js';
import type { WireChange } from './message.ts';

type Wire = typeof presync.v1;
type WireChangeMessage = InstanceType<Wire['Change']>;

/** protobufjs hands 64-bit integers over as Long objects. */
export type WireInteger = number | { toNumber(): number };

/** A 64-bit integer as a number; PROTOCOL where it would not be exact. */
export function toNumber(value: WireInteger): number {
  const number = typeof value === 'number' ? value : value.toNumber();
  if (!Number.isSafeInteger(number)) throw new PresyncError('PROTOCOL', 'A number is out of range.');
  return number;
}

export function toSize(value: WireInteger): number {
  const size = toNumber(value);
  if (size < 0) throw new PresyncError('PROTOCOL', 'A size is negative.');
  return size;
}

export function changeToWire(change: WireChange): presync.v1.Change.$Properties {
  const path = toBytes(change.path);
  if (change.op === 'remove') return { path, removed: {} };
  const { entry } = change;
  const mtime = timeToWire(entry.mtime);
  switch (entry.kind) {
    case 'file': {
      const { mode, size, digest, chunks } = entry;
      return { path, file: { mode, mtime, size, digest: toBytes(digest), chunks: chunkListToWire(chunks) } };
    }
    case 'directory':
      return { path, directory: { mode: entry.mode, mtime, from: toBytes(change.from ?? ('' as Path)) } };
    case 'symlink':
      return { path, symlink: { mtime, target: toBytes(entry.target) } };
  }
}

export function changeFromWire(wire: presync.v1.Change.$Properties): WireChange {
  const path = checkPath(fromBytes((wire as WireChangeMessage).path));
  const name = baseName(path);
  if (wire.removed) return { op: 'remove', path };
  if (wire.file) {
    const { mode, mtime, size, digest, chunks } = wire.file;
    return {
      op: 'put',
      path,
      entry: {
        kind: 'file',
        name,
        mode: toMode(mode),
        mtime: timeFromWire(mtime),
        size: toSize(size ?? 0),
        digest: toDigest(digest),
        chunks: chunkListFromWire(chunks),
      },
    };
  }
  if (wire.directory) {
    const { mode, mtime, from } = wire.directory;
    const entry = { kind: 'directory', name, mode: toMode(mode), mtime: timeFromWire(mtime) } as const;
    return from?.length ? { op: 'put', path, entry, from: checkPath(fromBytes(from)) } : { op: 'put', path, entry };
  }
  if (wire.symlink) {
    const { mtime, target } = wire.symlink;
    return {
      op: 'put',
      path,
      entry: { kind: 'symlink', name, mtime: timeFromWire(mtime), target: toTarget(target ?? new Uint8Array()) },
    };
  }
  throw new PresyncError('PROTOCOL', 'A change says nothing.');
}

const nanosPerSecond = 1_000_000_000n;

function timeToWire(nanoseconds: bigint): presync.v1.Time.$Properties {
  // Floor, so that the nanos of a time before 1970 are positive too.
  const nanos = ((nanoseconds % nanosPerSecond) + nanosPerSecond) % nanosPerSecond;
  return { seconds: Number((nanoseconds - nanos) / nanosPerSecond), nanos: Number(nanos) };
}

/** Seconds that fit BuildKit's int64 of nanoseconds: the years 1678 to 2262. */
const maxSeconds = 9_223_372_035;

function timeFromWire(time: presync.v1.Time.$Properties | null | undefined): bigint {
  const seconds = toNumber(time?.seconds ?? 0);
  const nanos = time?.nanos ?? 0;
  if (Math.abs(seconds) > maxSeconds || nanos >= 1e9) throw new PresyncError('PROTOCOL', 'A time is out of range.');
  return BigInt(seconds) * nanosPerSecond + BigInt(nanos);
}

function toMode(mode: number | null | undefined): number {
  if (!mode) return 0;
  if (mode > 0o7777) throw new PresyncError('PROTOCOL', `A mode of ${mode.toString(8)} is not valid.`);
  return mode;
}

function toTarget(bytes: Uint8Array): ByteString {
  const valid = bytes.length > 0 && bytes.length <= 4095 && !bytes.includes(0);
  if (!valid) throw new PresyncError('PROTOCOL', 'A link target is not valid.');
  return fromBytes(bytes);
}
