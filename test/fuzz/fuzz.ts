/**
 * npm run fuzz -- [--cases N] [--seed N] [--keep]
 *
 * Frames that are nearly right, N of each type of message (200,000 if it is not said), against the decoder: each has to be
 * decoded or refused, within 100 ms, and memory has to stay. Prints how many there were; exits with 1 at the first that does
 * anything else, which is printed. With --keep, frames that came to something new are added to test/corpus/frames.txt,
 * which every run and the property tests begin with.
 */
import { setImmediate } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Message } from '../../src/protocol/message.ts';
import { FrameFuzzer, keep, seedOf, slowFrame } from '../support/frameFuzzer.ts';
import { SeededRandom } from '../support/seededRandom.ts';
import { messages } from '../support/wireArbitraries.ts';

export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      cases: { type: 'string', default: '200000' },
      seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
      keep: { type: 'boolean', default: false },
    },
  });
  const [cases, seed] = [Number(values.cases), Number(values.seed)];
  console.log(`seed ${seed}`);
  const before = await memory();
  let [total, slowest, found] = [0, 0, 0];
  for (const type of Object.keys(messages) as Message['type'][]) {
    const own = seedOf(seed, type);
    const fuzzer = new FrameFuzzer(type, own, new SeededRandom(own));
    try {
      fuzzer.run(cases);
    } catch (thrown) {
      console.error(`${type}: ${String(thrown)}`);
      return 1;
    }
    // What belongs to the system, as the state of a decompression, is let go of between two turns.
    await setImmediate();
    total += fuzzer.cases;
    slowest = Math.max(slowest, fuzzer.slowest);
    found += fuzzer.found.length;
    if (values.keep) keep(type, fuzzer.found);
    console.log(`  ${type.padEnd(14)} ${fuzzer.cases} cases, ${fuzzer.found.length} new outcomes`);
  }
  const rise = ((await memory()) - before) / 2 ** 20;
  console.log(`${total} frames, none of them harmful; ${found} with a new outcome`);
  console.log(`slowest ${slowest.toFixed(1)} ms (${slowFrame} ms), memory +${rise.toFixed(1)} MiB (64 MiB)`);
  return rise < 64 ? 0 : 1;
}

/** Bytes that are in use, after everything else was collected. */
async function memory(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let turn = 0; turn < 3; turn++) {
    collect();
    await setImmediate();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
