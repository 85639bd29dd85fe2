import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Chunker, chunkSizesFor } from '../../src/context/chunker.ts';

/**
 * The digest of a folder as proto/README.md defines it, by a walk that shares nothing with the product's but where it cuts
 * large files: `sha256:…` of all that is in it but the `excluded` names at its top.
 */
export function folderDigest(folder: string, excluded: readonly string[] = []): string {
  return `sha256:${directoryDigest(folder, new Set(excluded)).toString('hex')}`;
}

function directoryDigest(folder: string, excluded: ReadonlySet<string>): Buffer {
  const hash = createHash('sha256');
  const names = readdirSync(folder, { encoding: 'buffer' }).sort((a, b) => a.compare(b));
  for (const name of names.filter((each) => !excluded.has(each.toString()))) hash.update(record(folder, name));
  return hash.digest();
}

/** What a directory's digest says of one child. */
function record(folder: string, name: Buffer): Buffer {
  const path = join(folder, name.toString());
  const stat = lstatSync(path);
  const mode = u32(stat.mode & 0o7777);
  if (stat.isDirectory()) return Buffer.concat([head(2, name), mode, directoryDigest(path, new Set())]);
  if (stat.isSymbolicLink()) {
    const target = readlinkSync(path, { encoding: 'buffer' });
    return Buffer.concat([head(3, name), u32(target.length), target]);
  }
  const content = readFileSync(path);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(content.length));
  return Buffer.concat([head(1, name), mode, size, contentDigest(content)]);
}

const wholeFile = 256 * 1024;

/** The digest of a file that holds this. */
export function contentDigest(content: Buffer): Buffer {
  const whole = createHash('sha256');
  if (content.length <= wholeFile) return whole.update(content).digest();
  const chunker = new Chunker(chunkSizesFor(content.length));
  for (let start = 0, end; start < content.length; start = end) {
    const cut = chunker.next(content, start);
    end = cut < 0 ? content.length : cut;
    const chunk = content.subarray(start, end);
    whole.update(createHash('sha256').update(chunk).digest()).update(u32(chunk.length));
  }
  return whole.digest();
}

function head(kind: number, name: Buffer): Buffer {
  return Buffer.concat([Buffer.of(kind), u32(name.length), name]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
