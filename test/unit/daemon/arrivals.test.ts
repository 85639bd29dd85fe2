import { describe, expect, test } from 'vitest';
import type { Digest } from '../../../src/context/digest.ts';
import type { FileEntry } from '../../../src/context/entry.ts';
import { Arrivals } from '../../../src/daemon/arrivals.ts';
import { Contents } from '../../support/contents.ts';
import { settle } from '../../support/fakeClock.ts';

const never = new AbortController().signal;

function rig() {
  const chunks = new Map<Digest, Uint8Array>();
  const arrivals = new Arrivals({
    has: (chunk) => chunks.has(chunk),
    put: (chunk, content) => Promise.resolve(void chunks.set(chunk, content)),
    read: (chunk) => Promise.resolve(chunks.get(chunk)!),
    async *readFile(file: FileEntry) {
      yield await Promise.resolve(chunks.get(file.digest)!);
    },
  });
  const contents = new Contents();
  const file = contents.file('f', 'content');
  const bring = () => arrivals.put(file.digest, contents.bytes.get(file.digest)!);
  const read = (signal = never) => textOf(arrivals.readFile(file, signal));
  return { arrivals, bring, read };
}

describe('content', () => {
  test('that is here is read at once', async () => {
    const { bring, read } = rig();
    await bring();
    expect(await read()).toBe('content');
  });

  test('that a push is bringing is read when it has come', async () => {
    const { arrivals, bring, read } = rig();
    let reading: Promise<string> | undefined;
    await arrivals.during(async () => {
      reading = read();
      await settle();
      await bring();
    });
    expect(await reading).toBe('content');
  });

  test('that nobody brings is missing', async () => {
    const { read } = rig();
    await expect(read()).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  test('that a push did not bring after all is missing when the last push has ended', async () => {
    const { arrivals, read } = rig();
    let reading: Promise<string> | undefined;
    let ended = false;
    await arrivals.during(async () => {
      await arrivals.during(async () => {
        reading = read();
        reading.catch(() => (ended = true));
        await settle();
      });
      await settle();
      expect(ended).toBe(false);
    });
    await expect(reading).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  test('is not waited for by a reader that was stopped', async () => {
    const { arrivals, read } = rig();
    const abort = new AbortController();
    await arrivals.during(async () => {
      const reading = read(abort.signal);
      await settle();
      abort.abort();
      await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
    });
  });
});

async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += Buffer.from(piece).toString();
  return text;
}
