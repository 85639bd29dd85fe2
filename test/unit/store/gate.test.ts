import { describe, expect, test } from 'vitest';
import { Gate } from '../../../src/store/gate.ts';
import { Lane } from '../../../src/store/lane.ts';

/** A task that ends when it is told to. */
function task(log: string[], name: string) {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const run = async () => {
    log.push(`${name} begins`);
    await ended;
    log.push(`${name} ends`);
  };
  return { run, end };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('a gate', () => {
  test('lets many in together, one alone after them, and the next ones after that', async () => {
    const gate = new Gate();
    const log: string[] = [];
    const [a, b, alone, late] = ['a', 'b', 'alone', 'late'].map((name) => task(log, name));
    const all = [gate.enter(a!.run), gate.enter(b!.run), gate.alone(alone!.run), gate.enter(late!.run)];
    a!.end();
    await turn();
    expect(log).toEqual(['a begins', 'b begins', 'a ends']);
    b!.end();
    await turn();
    expect(log.slice(3)).toEqual(['b ends', 'alone begins']);
    alone!.end();
    late!.end();
    await Promise.all(all);
    expect(log.slice(5)).toEqual(['alone ends', 'late begins', 'late ends']);
  });

  test('opens again after a failure', async () => {
    const gate = new Gate();
    const fail = () => Promise.reject(new Error('no'));
    await expect(gate.enter(fail)).rejects.toThrow('no');
    await expect(gate.alone(fail)).rejects.toThrow('no');
    await gate.alone(() => Promise.resolve());
    await gate.enter(() => Promise.resolve());
  });
});

describe('a lane', () => {
  test('runs tasks in order, one at a time; a failure is that of its caller', async () => {
    const lane = new Lane();
    const log: string[] = [];
    const [first, second] = [task(log, 'first'), task(log, 'second')];
    const one = lane.run(first.run);
    const broken = lane.run(() => Promise.reject(new Error('no')));
    const two = lane.run(second.run);
    second.end();
    await turn();
    expect(log).toEqual(['first begins']);
    expect(lane.waiting).toBe(3);
    first.end();
    await expect(broken).rejects.toThrow('no');
    await Promise.all([one, two, lane.idle()]);
    expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
    expect(lane.waiting).toBe(0);
  });
});
