import { describe, expect, test } from 'vitest';
import type { Digest } from '../../../src/context/digest.ts';
import { Arrivals } from '../../../src/daemon/arrivals.ts';
import { daemonLimits } from '../../../src/daemon/limits.ts';
import { Contents } from '../../support/contents.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';

const never = new AbortController().signal;

function rig() {
  const chunks = new Map<Digest, Uint8Array>();
  const clock = new FakeClock();
  let reads = 0;
  const store = {
    has: (chunk: Digest) => chunks.has(chunk),
    put: (chunk: Digest, content: Uint8Array) => Promise.resolve(void chunks.set(chunk, content)),
    read: (chunk: Digest) => Promise.resolve((reads++, chunks.get(chunk)!)),
  };
  const arrivals = new Arrivals(store, clock);
  const contents = new Contents();
  const file = contents.file('f', 'content');
  const bring = () => arrivals.put(file.digest, contents.bytes.get(file.digest)!);
  const read = (signal = never) => textOf(arrivals.readFile(file, signal));
  return { arrivals, bring, read, clock, reads: () => reads };
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

  test('that has just come is read from memory, once', async () => {
    const { arrivals, bring, read, reads } = rig();
    await arrivals.during(bring);
    expect(await read()).toBe('content');
    expect(reads()).toBe(0);
    expect(await read()).toBe('content');
    expect(reads()).toBe(1);
  });

  test('is let go of when no push has come for a while', async () => {
    const { arrivals, bring, read, reads, clock } = rig();
    await arrivals.during(bring);
    await clock.advance(daemonLimits.recentKept - 1);
    await arrivals.during(() => Promise.resolve());
    await clock.advance(daemonLimits.recentKept - 1);
    await clock.advance(1);
    expect(await read()).toBe('content');
    expect(reads()).toBe(1);
  });

  test('that a lost link had brought is stored before the next push asks for what is missing', async () => {
    const { arrivals } = rig();
    const [link, other] = [new AbortController(), new AbortController()];
    let store = () => {};
    const storing = new Promise<void>((resolve) => (store = resolve));
    const steps: string[] = [];
    const first = arrivals.during(() => storing.then(() => void steps.push('stored')), link.signal);
    const beside = arrivals.during(() => Promise.resolve(void steps.push('beside a link that is there')), other.signal);
    await beside;
    link.abort();
    const next = arrivals.during(() => Promise.resolve(void steps.push('asked')), other.signal);
    await settle();
    store();
    await Promise.all([first, next]);
    expect(steps).toEqual(['beside a link that is there', 'stored', 'asked']);
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
