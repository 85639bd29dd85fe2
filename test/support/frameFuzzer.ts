import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { PresyncError } from '../../src/base/errors.ts';
import { decodeFrame, encodeFrame } from '../../src/protocol/codec.ts';
import type { Message } from '../../src/protocol/message.ts';
import type { SeededRandom } from './seededRandom.ts';
import { messages } from './wireArbitraries.ts';

const corpusFile = join(import.meta.dirname, '../corpus/frames.txt');

/** Longer than any frame may hold up the loop, in milliseconds. */
export const slowFrame = 100;

/** Numbers that are the edge of something, as protobuf writes them. */
const edges = ['00', '7f', '8001', 'ffffffff07', 'ffffffff0f', '808080808080808010', 'ffffffffffffffffff01'].map(
  (hex) => Buffer.from(hex, 'hex'),
);

/** What a frame came to: the message's type, or what the decoder said. Throws what no frame may cause. */
export function outcomeOf(frame: Uint8Array): string {
  let message: Message;
  try {
    message = decodeFrame(frame).message;
  } catch (thrown) {
    if (thrown instanceof PresyncError && (thrown.code === 'PROTOCOL' || thrown.code === 'LIMIT')) {
      return `${thrown.code} ${thrown.message.replace(/\d+/g, 'n').replace(/"[^]*"/g, '""')}`;
    }
    throw thrown;
  }
  // What was understood can be said again, and is understood again as the same kind of message.
  const again = decodeFrame(encodeFrame(1, message)).message;
  if (again.type !== message.type) throw new Error(`a ${message.type} was read again as a ${again.type}`);
  return message.type;
}

/** Frames of one type of message that are nearly right. */
export class FrameFuzzer {
  readonly #random: SeededRandom;
  readonly #frames: Uint8Array[];
  readonly #seen = new Set<string>();
  /** Frames that came to something that no frame before did. */
  readonly found: Uint8Array[] = [];
  cases = 0;
  slowest = 0;

  constructor(type: Message['type'], seed: number, random: SeededRandom) {
    this.#random = random;
    const samples = fc.sample(messages[type], { seed, numRuns: 60 });
    this.#frames = [...samples.map((message) => encodeFrame(1, message)), ...corpus(type)];
    for (const frame of this.#frames) this.#seen.add(outcomeOf(frame));
  }

  /** Tries so many frames; throws when one does what no frame may do. */
  run(cases: number): void {
    for (let i = 0; i < cases; i++) {
      const frame = this.#mutated();
      const outcome = this.#attempt(frame);
      this.cases++;
      if (this.#seen.has(outcome)) continue;
      // A frame that reached something new is a good place to start from.
      this.#seen.add(outcome);
      this.#frames.push(frame);
      this.found.push(frame);
    }
  }

  #attempt(frame: Uint8Array): string {
    try {
      const began = performance.now();
      const outcome = outcomeOf(frame);
      let took = performance.now() - began;
      // The machine may have been busy with something else: only what is slow each time is.
      for (let again = 0; again < 3 && took > slowFrame / 10; again++) took = Math.min(took, timeOf(frame));
      if (took > slowFrame) throw new Error(`it takes ${took.toFixed(0)} ms`);
      this.slowest = Math.max(this.slowest, took);
      return outcome;
    } catch (cause) {
      throw new Error(`the frame ${Buffer.from(frame).toString('hex')}: ${String(cause)}`, { cause });
    }
  }

  #mutated(): Uint8Array {
    let frame: Buffer = Buffer.from(this.#random.pick(this.#frames));
    for (let left = 1 + this.#random.below(4); left > 0; left--) frame = this.#changed(frame);
    return frame;
  }

  #changed(frame: Buffer): Buffer {
    const at = this.#random.below(frame.length + 1);
    const [before, after] = [frame.subarray(0, at), frame.subarray(at)];
    const length = 1 + this.#random.below(8);
    switch (this.#random.below(8)) {
      case 0: {
        const copy = Buffer.from(frame);
        if (copy.length > 0) copy[at % copy.length]! ^= 1 << this.#random.below(8);
        return copy;
      }
      case 1:
        return Buffer.concat([before, Buffer.of(this.#random.below(256)), after]);
      case 2:
        return Buffer.concat([before, after.subarray(length)]);
      case 3:
        return Buffer.concat([before, after.subarray(0, length), after]);
      case 4:
        return Buffer.concat([before, this.#random.pick(edges), after.subarray(this.#random.below(2))]);
      case 5: {
        const other = Buffer.from(this.#random.pick(this.#frames));
        return Buffer.concat([before, other.subarray(this.#random.below(other.length + 1))]);
      }
      case 6:
        return before;
      default:
        return Buffer.concat([frame, frame]);
    }
  }
}

function timeOf(frame: Uint8Array): number {
  const began = performance.now();
  outcomeOf(frame);
  return performance.now() - began;
}

/** The frames that are kept of a type: each came to something of its own when it was found. */
export function corpus(type?: string): Uint8Array[] {
  if (!existsSync(corpusFile)) return [];
  const lines = readFileSync(corpusFile, 'utf8').split('\n');
  const kept = lines.filter((line) => line !== '' && (type === undefined || line.startsWith(`${type} `)));
  return kept.map((line) => Buffer.from(line.split(' ')[1]!, 'hex'));
}

/** Adds frames of a type to those that are kept. */
export function keep(type: string, frames: readonly Uint8Array[]): void {
  const lines = existsSync(corpusFile) ? readFileSync(corpusFile, 'utf8').split('\n') : [];
  const all = new Set(lines.filter((line) => line !== ''));
  for (const frame of frames) all.add(`${type} ${Buffer.from(frame).toString('hex')}`);
  writeFileSync(corpusFile, `${[...all].sort().join('\n')}\n`);
}

/** A seed for each type, so that types do not depend on each other. */
export function seedOf(seed: number, type: string): number {
  return createHash('sha256').update(`${seed} ${type}`).digest().readUInt32LE();
}
