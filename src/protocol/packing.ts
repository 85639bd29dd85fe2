/**
 * Frames made small: an envelope inside another one, compressed.
 *
 * zstd where the runtime has it (Node 22.15 and newer), deflate everywhere. What arrives says how large it will be and is
 * unpacked to exactly that, which is bounded by what a frame may have anyway.
 */
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { PresyncError } from '../base/errors.ts';
import type { Codec } from './message.ts';

/** 'quick' costs little time, 'thorough' makes it smaller: for when the link is slower than we are. */
export type Effort = 'quick' | 'thorough';

export interface PackedFrame {
  readonly codec: Codec;
  /** Bytes of the frame inside. */
  readonly size: number;
  readonly data: Uint8Array;
}

type Pack = (bytes: Uint8Array, effort: Effort) => Uint8Array;
type PackAside = (bytes: Uint8Array, effort: Effort) => Promise<Uint8Array>;

interface Packer {
  readonly pack: Pack;
  /** On another thread. */
  readonly packAside: PackAside;
  /** Throws what zlib throws, and when it would be more than `size` bytes. */
  readonly unpack: (data: Uint8Array, size: number) => { readonly buffer: Uint8Array; readonly consumed: number };
  /** As much as there is in the beginning of it. None for zstd, whose blocks are larger than most frames. */
  readonly unpackStart?: (data: Uint8Array, size: number) => Uint8Array;
}

/** What this runtime can do, best first; 'none' needs no packer. */
export const ownCodecs: readonly Codec[] = hasZstd(zlib) ? ['zstd', 'deflate'] : ['deflate'];

const packers: Partial<Record<Codec, Packer>> = { deflate: deflatePacker(), ...zstdPacker() };

/** The frame packed, or undefined where that hardly makes it smaller. */
export function packFrame(frame: Uint8Array, codec: Codec, effort: Effort): PackedFrame | undefined {
  const data = packers[codec]?.pack(frame, effort);
  return data === undefined ? undefined : worthIt(frame, codec, data);
}

/** The same on another thread, for large frames. */
export async function packFrameAside(
  frame: Uint8Array,
  codec: Codec,
  effort: Effort,
): Promise<PackedFrame | undefined> {
  const data = await packers[codec]?.packAside(frame, effort);
  return data === undefined ? undefined : worthIt(frame, codec, data);
}

/** What is inside. LIMIT for more than `most` bytes, PROTOCOL for anything but exactly one packed frame. */
export function unpackFrame({ codec, size, data }: PackedFrame, most: number): Uint8Array {
  const packer = packers[codec];
  if (packer === undefined) throw new PresyncError('PROTOCOL', `The codec ${codec} was not agreed on.`);
  if (size > most) throw new PresyncError('LIMIT', `A packed message of ${size} bytes is larger than is accepted.`);
  try {
    const { buffer, consumed } = packer.unpack(data, size);
    if (buffer.length === size && consumed === data.length) return buffer;
  } catch (cause) {
    throw new PresyncError('PROTOCOL', 'A packed message cannot be unpacked.', { cause });
  }
  throw new PresyncError('PROTOCOL', 'A packed message has another size than it says.');
}

/** The beginning of what is inside, by the beginning of the data: see cutFrame.ts. Throws what zlib throws. */
export function unpackStart({ codec, size, data }: PackedFrame, most: number): Uint8Array {
  const unpack = packers[codec]?.unpackStart;
  return unpack === undefined || size > most ? new Uint8Array() : unpack(data, size);
}

function worthIt(frame: Uint8Array, codec: Codec, data: Uint8Array): PackedFrame | undefined {
  return data.length < frame.length * (15 / 16) ? { codec, size: frame.length, data } : undefined;
}

const deflateLevels: Record<Effort, number> = { quick: 1, thorough: 6 };

function deflatePacker(): Packer {
  const aside = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.deflateRaw);
  return {
    pack: (bytes, effort) => zlib.deflateRawSync(bytes, { level: deflateLevels[effort] }),
    packAside: (bytes, effort) => aside(bytes, { level: deflateLevels[effort] }),
    unpack: (data, size) => unpacked(zlib.inflateRawSync(data, limitedTo(size))),
    unpackStart: (data, size) =>
      zlib.inflateRawSync(data, { maxOutputLength: Math.max(size, 1), finishFlush: zlib.constants.Z_SYNC_FLUSH }),
  };
}

/** What @types/node of Node 20 does not know yet. */
interface Zstd {
  readonly constants: { readonly ZSTD_c_compressionLevel: number };
  zstdCompressSync(bytes: Uint8Array, options: object): Buffer;
  zstdCompress(bytes: Uint8Array, options: object, done: (error: Error | null, result: Buffer) => void): void;
  zstdDecompressSync(data: Uint8Array, options: object): Buffer;
}

const zstdLevels: Record<Effort, number> = { quick: 1, thorough: 6 };

function hasZstd(module: object): module is Zstd {
  return 'zstdCompressSync' in module;
}

function zstdPacker(): Partial<Record<Codec, Packer>> {
  const module: object = zlib;
  if (!hasZstd(module)) return {};
  const aside = promisify<Uint8Array, object, Buffer>(module.zstdCompress);
  const options = (effort: Effort) => ({
    params: { [module.constants.ZSTD_c_compressionLevel]: zstdLevels[effort] },
  });
  return {
    zstd: {
      pack: (bytes, effort) => module.zstdCompressSync(bytes, options(effort)),
      packAside: (bytes, effort) => aside(bytes, options(effort)),
      unpack: (data, size) => unpacked(module.zstdDecompressSync(data, limitedTo(size))),
    },
  };
}

/** With `info`, zlib also tells how much of its input it took: the rest would be something else. */
function limitedTo(size: number) {
  return { maxOutputLength: Math.max(size, 1), info: true };
}

function unpacked(result: unknown): { buffer: Uint8Array; consumed: number } {
  const { buffer, engine } = result as { buffer: Uint8Array; engine: { bytesWritten: number } };
  return { buffer, consumed: engine.bytesWritten };
}
