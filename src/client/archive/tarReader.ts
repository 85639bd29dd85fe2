import type { ByteString } from '../../base/bytes.ts';
import { clientLimits } from '../limits.ts';
import { ByteQueue } from './byteQueue.ts';
import type { Overrides, TarHeader } from './tarHeader.ts';
import { complete, cutAtNul, invalid, parseHeader, paxRecords, tarBlock } from './tarHeader.ts';

/** One member. Its content is read before the next member is asked for, or left out. */
export interface TarMember {
  readonly header: TarHeader;
  /** Exactly `header.size` bytes; ARCHIVE_INVALID when the archive ends before. */
  content(): AsyncGenerator<Uint8Array>;
}

/**
 * The members of a tar archive, as it comes. What stands behind its end is read and left out. ARCHIVE_INVALID, LIMIT for
 * names and records that are too long; nothing is held in memory but those.
 */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarMember> {
  const queue = new ByteQueue(source);
  let globals: Overrides = new Map();
  let own = new Map<string, ByteString>();
  for (;;) {
    const block = await queue.take(tarBlock);
    if (block.length === 0) break; // many writers leave out the end
    if (block.length < tarBlock) throw invalid('ends in the middle');
    const raw = parseHeader(block);
    if (raw === undefined) break;
    switch (raw.type) {
      case 'x':
        own = new Map([...own, ...paxRecords(await extension(queue, raw.size))]);
        break;
      case 'g':
        globals = new Map([...globals, ...paxRecords(await extension(queue, raw.size))]);
        break;
      case 'L':
        own.set('path', cutAtNul(await extension(queue, raw.size)));
        break;
      case 'K':
        own.set('linkpath', cutAtNul(await extension(queue, raw.size)));
        break;
      default: {
        const header = complete(raw, new Map([...globals, ...own]));
        own = new Map();
        yield* member(queue, hasContent(header) ? header : { ...header, size: 0 });
      }
    }
  }
  for await (const _ of queue.rest());
}

/** The size of what has no content means nothing: some writers give a folder or a link one. */
function hasContent({ kind }: TarHeader): boolean {
  return kind === 'file';
}

async function* member(queue: ByteQueue, header: TarHeader): AsyncGenerator<TarMember> {
  let left = header.size;
  const content = async function* () {
    while (left > 0) {
      const before = left;
      for await (const piece of queue.pieces(left)) {
        left -= piece.length;
        yield piece;
      }
      if (left === before) throw invalid('ends in the middle');
    }
  };
  yield { header, content };
  for await (const _ of content());
  await skip(queue, (tarBlock - (header.size % tarBlock)) % tarBlock);
}

/** The content of a member that is about the next one. */
async function extension(queue: ByteQueue, size: number): Promise<Uint8Array> {
  if (size > clientLimits.tarRecordBytes) throw invalid('has a record that is too long');
  const data = await queue.take(size);
  if (data.length < size) throw invalid('ends in the middle');
  await skip(queue, (tarBlock - (size % tarBlock)) % tarBlock);
  return data;
}

async function skip(queue: ByteQueue, size: number): Promise<void> {
  if ((await queue.take(size)).length < size) throw invalid('ends in the middle');
}
