import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PresyncError } from '../../../../src/base/errors.ts';
import type { Handlers } from '../../../../src/extension/link/answerer.ts';
import { Answerer } from '../../../../src/extension/link/answerer.ts';
import { Caller } from '../../../../src/extension/link/caller.ts';
import type { ToAnswerer, ToCaller } from '../../../../src/extension/link/messages.ts';

interface Requests {
  add: { params: { a: number; b: number }; result: number };
  fail: { params: Error; result: null };
  wait: { params: null; result: string };
  give: { params: null; result: unknown };
}

interface Events {
  told: { text: string };
}

let channel: MessageChannel;
let caller: Caller<Requests, Events>;
let answerer: Answerer<Requests, Events>;
let told: unknown[];
let failures: string[];
let goodbyes: number;
/** Ends a `wait`; set when it has begun. */
let finish: ((result: string) => void) | undefined;
let aborted: boolean;
let given: unknown;
const lost = new PresyncError('LINK_LOST', 'gone');

const handlers: Handlers<Requests> = {
  add: ({ a, b }) => Promise.resolve(a + b),
  fail: () => Promise.reject(new PresyncError('BAD_TAG', 'no tag', { hint: 'write one', data: { line: 3 }, cause: 1 })),
  wait: (_params, signal) =>
    new Promise((resolve, reject) => {
      finish = resolve;
      signal.addEventListener('abort', () => {
        aborted = true;
        reject(PresyncError.from(signal.reason));
      });
    }),
  give: () => Promise.resolve(given),
};

beforeEach(() => {
  channel = new MessageChannel();
  told = [];
  failures = [];
  goodbyes = 0;
  finish = undefined;
  aborted = false;
  const { port1, port2 } = channel;
  // Of this test alone: a port of the test before may close while this one runs.
  const asking = new Caller<Requests, Events>(
    (message) => port1.postMessage(message),
    (event, payload) => told.push([event, payload]),
  );
  const answering = new Answerer<Requests, Events>((message) => port2.postMessage(message), {
    handlers,
    onFailure: (method, error) => failures.push(`${method}: ${error.code}`),
    onGoodbye: () => goodbyes++,
  });
  port1.on('message', (message: ToCaller) => asking.receive(message));
  port1.on('close', () => asking.close(lost));
  port2.on('message', (message: ToAnswerer) => answering.receive(message));
  port2.on('close', () => answering.close());
  caller = asking;
  answerer = answering;
});

afterEach(() => channel.port1.close());

describe('a request', () => {
  test('is answered, each with its own answer', async () => {
    const sums = [1, 2, 3].map((a) => caller.request('add', { a, b: 10 }));
    expect(await Promise.all(sums)).toEqual([11, 12, 13]);
  });

  test('fails with the same PresyncError on both sides, but without its cause', async () => {
    const failed = caller.request('fail', new Error());
    await expect(failed).rejects.toMatchObject({
      code: 'BAD_TAG',
      message: 'no tag',
      hint: 'write one',
      data: { line: 3 },
    });
    await expect(failed).rejects.toBeInstanceOf(PresyncError);
    await expect(failed).rejects.not.toHaveProperty('cause');
    expect(failures).toEqual(['fail: BAD_TAG']);
  });

  test('that is cancelled rejects at once, and its signal fires on the other side', async () => {
    const abort = new AbortController();
    const waiting = caller.request('wait', null, abort.signal);
    await expect.poll(() => finish).toBeDefined();
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect.poll(() => aborted).toBe(true);
  });

  test('whose signal has fired already is not sent', async () => {
    await expect(caller.request('wait', null, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await caller.request('add', { a: 1, b: 1 })).toBe(2);
    expect(finish).toBeUndefined();
  });

  test('that was answered is not cancelled any more', async () => {
    const abort = new AbortController();
    const waiting = caller.request('wait', null, abort.signal);
    await expect.poll(() => finish).toBeDefined();
    finish!('done');
    expect(await waiting).toBe('done');
    const received: unknown[] = [];
    channel.port2.on('message', (message) => received.push(message));
    abort.abort();
    await caller.request('add', { a: 1, b: 1 });
    expect(received).toMatchObject([{ method: 'add' }]);
  });

  test('may be answered too late: the answer is dropped, and others go on', async () => {
    const abort = new AbortController();
    const waiting = caller.request('wait', null, abort.signal);
    await expect.poll(() => finish).toBeDefined();
    finish!('too late');
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await caller.request('add', { a: 2, b: 2 })).toBe(4);
  });

  test('with parameters that cannot be cloned fails', async () => {
    const params = { a: 1, b: 1, more: () => {} };
    await expect(caller.request('add', params)).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  test('with a result that cannot be cloned fails on the asking side', async () => {
    given = () => {};
    await expect(caller.request('give', null)).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  test('for a method that does not exist fails, even if every object has it', async () => {
    const request = caller.request.bind(caller) as (method: string, params: unknown) => Promise<unknown>;
    await expect(request('toString', null)).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});

describe('a port that closes', () => {
  test('rejects all that waits and all that is asked later, and ends what runs for it', async () => {
    const waiting = [caller.request('wait', null), caller.request('wait', null)].map((promise) =>
      promise.catch((error: unknown) => error),
    );
    await expect.poll(() => finish).toBeDefined();
    channel.port2.close();
    expect(await Promise.all(waiting)).toEqual([lost, lost]);
    await expect(caller.request('add', { a: 1, b: 1 })).rejects.toBe(lost);
    await expect.poll(() => aborted).toBe(true);
  });
});

test('events arrive in order, between answers', async () => {
  answerer.tell('told', { text: 'one' });
  answerer.tell('told', { text: 'two' });
  await caller.request('add', { a: 1, b: 1 });
  expect(told).toEqual([
    ['told', { text: 'one' }],
    ['told', { text: 'two' }],
  ]);
});

test('a goodbye is heard once', async () => {
  channel.port1.postMessage({ goodbye: true } satisfies ToAnswerer);
  await caller.request('add', { a: 1, b: 1 });
  expect(goodbyes).toBe(1);
});
