/**
 * fsutil's packets, as they cross a session (see treeSender.ts for who sends which when).
 *
 *   Packet { 1 type: STAT 0, REQ 1, DATA 2, FIN 3, ERR 4;  2 stat;  3 id;  4 data }
 *   Stat   { 1 path, 2 mode, 3 uid, 4 gid, 5 size, 6 mtime in ns, 7 linkname, 8 and 9 device, 10 xattrs }
 *
 * What is sent is encoded by hand: a tree has 100,000 stats, names are bytes, and mtimes need all their 64 bits. Fields
 * that are zero are left out, and so uid and gid always are: files belong to root, as with the docker CLI.
 */
import type { ByteString } from '../../base/bytes.ts';
import type { Entry } from '../../context/entry.ts';
import type { Path } from '../../context/path.ts';
import { fsutil } from '../generated/buildkit.js';
import { frame, frameHeaderBytes, writeFrameHeader } from '../grpc/framing.ts';
import { goMode } from './goMode.ts';
import { int64Length, varintLength, writeInt64, writeVarint } from './varint.ts';

const { Packet } = fsutil;

/** Field number and wire type (0 varint, 2 bytes) as protobuf has them, for fields below 16. */
const tags = { type: 0x08, stat: 0x12, id: 0x18, data: 0x22 } as const;
const statTags = { path: 0x0a, mode: 0x10, size: 0x28, mtime: 0x30, linkname: 0x3a } as const;

/** A framed STAT takes its names and at most this much more. */
const statOverhead = 64;

/** The end of the stats: a STAT without a stat. */
export const lastStat: Buffer = frame(new Uint8Array());

export const finPacket: Buffer = frame(Packet.encode({ type: Packet.Type.FIN }).finish());

/** The most that `writeStat` writes. */
export function statLimit(path: Path, entry: Entry): number {
  return path.length + linkname(entry).length + statOverhead;
}

/** Writes the framed STAT of an entry and returns the offset behind it. */
export function writeStat(target: Buffer, offset: number, path: Path, entry: Entry): number {
  const mode = goMode(entry);
  const size = statSize(entry);
  const link = linkname(entry);
  const statLength =
    bytesLength(path.length) +
    (1 + varintLength(mode)) +
    (size === 0 ? 0 : 1 + varintLength(size)) +
    (entry.mtime === 0n ? 0 : 1 + int64Length(entry.mtime)) +
    (link === '' ? 0 : bytesLength(link.length));

  writeFrameHeader(target, offset, bytesLength(statLength));
  let at = offset + frameHeaderBytes;
  target[at++] = tags.stat;
  at = writeVarint(target, at, statLength);
  at = writeBytes(target, at, statTags.path, path);
  target[at++] = statTags.mode;
  at = writeVarint(target, at, mode);
  if (size > 0) {
    target[at++] = statTags.size;
    at = writeVarint(target, at, size);
  }
  if (entry.mtime !== 0n) {
    target[at++] = statTags.mtime;
    at = writeInt64(target, at, entry.mtime);
  }
  return link === '' ? at : writeBytes(target, at, statTags.linkname, link);
}

/** What comes before the content of a framed DATA packet. `length` 0 makes the whole packet: the end of a file. */
export function dataHeader(id: number, length: number): Buffer {
  const idLength = id === 0 ? 0 : 1 + varintLength(id);
  const contentHeader = length === 0 ? 0 : 1 + varintLength(length);
  const header = Buffer.allocUnsafe(frameHeaderBytes + 2 + idLength + contentHeader);
  writeFrameHeader(header, 0, header.length - frameHeaderBytes + length);
  header[frameHeaderBytes] = tags.type;
  header[frameHeaderBytes + 1] = Packet.Type.DATA;
  let at = frameHeaderBytes + 2;
  if (id > 0) {
    header[at++] = tags.id;
    at = writeVarint(header, at, id);
  }
  if (length > 0) {
    header[at++] = tags.data;
    writeVarint(header, at, length);
  }
  return header;
}

/** A framed ERR: the receiver gives up with this text. */
export function errorPacket(message: string): Buffer {
  return frame(Packet.encode({ type: Packet.Type.ERR, data: Buffer.from(message, 'utf8') }).finish());
}

/** A symlink's size is that of its target, as lstat has it: BuildKit compares it with its own copy. */
function statSize(entry: Entry): number {
  if (entry.kind === 'directory') return 0;
  return entry.kind === 'file' ? entry.size : entry.target.length;
}

function linkname(entry: Entry): ByteString {
  return entry.kind === 'symlink' ? entry.target : ('' as ByteString);
}

/** Of a field of bytes: its tag, its length and itself. */
function bytesLength(length: number): number {
  return 1 + varintLength(length) + length;
}

function writeBytes(target: Buffer, offset: number, tag: number, value: ByteString): number {
  target[offset] = tag;
  const at = writeVarint(target, offset + 1, value.length);
  return at + target.write(value, at, 'latin1');
}
