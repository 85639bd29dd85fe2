import { describe, expect, test } from 'vitest';
import { DisposableStore, toDisposable } from '../../../src/base/disposable.ts';

test('a disposable releases once', () => {
  let released = 0;
  const disposable = toDisposable(() => released++);
  disposable.dispose();
  disposable.dispose();
  expect(released).toBe(1);
});

describe('a store of disposables', () => {
  test('disposes in reverse order, each once', () => {
    const order: number[] = [];
    const store = new DisposableStore();
    for (const i of [1, 2, 3]) store.add(toDisposable(() => order.push(i)));
    store.dispose();
    store.dispose();
    expect(order).toEqual([3, 2, 1]);
    expect(store.disposed).toBe(true);
  });

  test('disposes at once what comes too late', () => {
    const store = new DisposableStore();
    const late: string[] = [];
    store.add(toDisposable(() => store.add(toDisposable(() => late.push('during')))));
    store.dispose();
    store.add(toDisposable(() => late.push('after')));
    expect(late).toEqual(['during', 'after']);
  });

  test('disposes the others when one throws, then throws its error', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    store.add(toDisposable(() => order.push('first')));
    store.add({
      dispose: () => {
        throw new Error('stuck');
      },
    });
    store.add(toDisposable(() => order.push('last')));
    expect(() => store.dispose()).toThrow('stuck');
    expect(order).toEqual(['last', 'first']);
  });

  test('hands back what it was given', () => {
    const member = toDisposable(() => {});
    expect(new DisposableStore().add(member)).toBe(member);
  });
});
