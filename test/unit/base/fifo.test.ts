import { expect, test } from 'vitest';
import { Fifo } from '../../../src/base/fifo.ts';

test('what is pushed comes out in order, however pushes and shifts mix', () => {
  const fifo = new Fifo<number>();
  const out: (number | undefined)[] = [];
  let next = 0;
  for (let round = 0; round < 50; round++) {
    for (let i = 0; i < round % 7; i++) fifo.push(next++);
    for (let i = 0; i < round % 5; i++) if (fifo.size > 0) out.push(fifo.shift());
  }
  while (fifo.size > 0) out.push(fifo.shift());
  expect(out).toEqual(Array.from({ length: next }, (_, i) => i));
});

test('nothing comes out of nothing', () => {
  expect(new Fifo<number>().shift()).toBeUndefined();
});
