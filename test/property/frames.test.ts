/** A bounded run of `npm run fuzz`, and every frame that it has kept. */
import { expect, test } from 'vitest';
import type { Message } from '../../src/protocol/message.ts';
import { rounds } from '../support/counts.ts';
import { corpus, FrameFuzzer, outcomeOf, seedOf } from '../support/frameFuzzer.ts';
import { SeededRandom } from '../support/seededRandom.ts';
import { messages } from '../support/wireArbitraries.ts';

const cases = rounds(200_000);

test.each(Object.keys(messages) as Message['type'][])(
  `${cases} frames that nearly are messages of type %s are decoded or refused, and none is slow`,
  (type) => {
    const seed = seedOf(Number(process.env['PRESYNC_SEED']), type);
    const fuzzer = new FrameFuzzer(type, seed, new SeededRandom(seed));
    fuzzer.run(cases);
    expect(fuzzer.cases).toBe(cases);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  },
);

test('each frame that was kept is decoded or refused', () => {
  const frames = corpus();
  expect(frames.length).toBeGreaterThan(50);
  for (const frame of frames) outcomeOf(frame);
});
