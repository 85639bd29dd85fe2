import { describe, expect, test } from 'vitest';
import type { Disposable } from '../../../src/base/disposable.ts';
import { Emitter } from '../../../src/base/emitter.ts';

describe('an emitter', () => {
  test('calls its listeners in order of subscription until they are disposed', () => {
    const heard: string[] = [];
    const emitter = new Emitter<string>();
    const first = emitter.event((value) => heard.push(`1${value}`));
    emitter.event((value) => heard.push(`2${value}`));
    emitter.emit('a');
    first.dispose();
    emitter.emit('b');
    expect(heard).toEqual(['1a', '2a', '2b']);
  });

  test('calls a function twice that subscribed twice', () => {
    let calls = 0;
    const listener = () => calls++;
    const emitter = new Emitter<number>();
    const first = emitter.event(listener);
    emitter.event(listener);
    emitter.emit(0);
    first.dispose();
    first.dispose();
    emitter.emit(0);
    expect(calls).toBe(3);
  });

  test('does not call a listener that an earlier one disposed', () => {
    const heard: string[] = [];
    const emitter = new Emitter<number>();
    let second: Disposable | undefined = undefined;
    emitter.event(() => (second as Disposable | undefined)?.dispose());
    second = emitter.event(() => heard.push('disposed'));
    emitter.emit(0);
    expect(heard).toEqual([]);
  });

  test('lets a new listener hear the next value only', () => {
    const heard: number[] = [];
    const emitter = new Emitter<number>();
    const once = emitter.event(() => {
      once.dispose();
      emitter.event((value) => heard.push(value));
    });
    emitter.emit(1);
    emitter.emit(2);
    expect(heard).toEqual([2]);
  });

  test('forgets all listeners when disposed', () => {
    const emitter = new Emitter<number>();
    emitter.event(() => expect.unreachable());
    emitter.dispose();
    emitter.emit(0);
  });
});
