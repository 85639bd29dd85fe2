import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { linkLimits } from '../../../../src/extension/link/limits.ts';
import type { WorkerState } from '../../../../src/extension/link/workerHost.ts';
import { WorkerHost } from '../../../../src/extension/link/workerHost.ts';
import { FakeClock, settle } from '../../../support/fakeClock.ts';
import { FakeWorker } from '../../../support/fakeWorker.ts';

let clock: FakeClock;
let workers: FakeWorker[];
let host: WorkerHost;
let states: WorkerState[];
let restarts: number;
/** What is thrown instead of starting a thread. */
let startFailure: Error | undefined;

beforeEach(() => {
  clock = new FakeClock();
  workers = [];
  states = [];
  restarts = 0;
  startFailure = undefined;
  host = new WorkerHost({
    start() {
      if (startFailure !== undefined) throw startFailure;
      workers.push(new FakeWorker());
      return workers.at(-1)!;
    },
    clock,
    random: () => 1,
  });
  host.onDidChangeState((state) => states.push(state));
  host.onDidRestart(() => restarts++);
});

afterEach(() => host.dispose());

const ask = (signal?: AbortSignal) => host.request('builders', null, signal);

/** Starts a worker, and answers what started it. */
async function started(): Promise<FakeWorker> {
  const answer = ask();
  await settle();
  workers.at(-1)!.answer([]);
  await answer;
  return workers.at(-1)!;
}

async function die(error?: Error): Promise<void> {
  workers.at(-1)!.exit(error);
  await settle();
}

describe('the worker', () => {
  test('is started by the first request, once', async () => {
    expect(host.state).toBe('idle');
    const answers = [ask(), ask()];
    await settle();
    expect(workers).toHaveLength(1);
    expect(workers[0]!.requests.map(({ method }) => method)).toEqual(['builders', 'builders']);
    workers[0]!.emit('message', { id: 1, result: ['one'] });
    workers[0]!.emit('message', { id: 2, result: ['two'] });
    expect(await Promise.all(answers)).toEqual([['one'], ['two']]);
    expect(states).toEqual(['running']);
    expect(restarts).toBe(0);
  });

  test('is heard by those who listen for its events', async () => {
    const heard: unknown[] = [];
    host.onContext((event) => heard.push(event));
    host.onProgress((event) => heard.push(event));
    host.onLog((event) => heard.push(event));
    const worker = await started();
    const events = [{ key: 'k' }, { id: 1, events: [] }, { level: 'info', message: 'm' }];
    worker.tell('context', events[0]);
    worker.tell('progress', events[1]);
    worker.tell('log', events[2]);
    expect(heard).toEqual(events);
  });

  test('gets a cancel for a request whose signal fires', async () => {
    const abort = new AbortController();
    const answer = ask(abort.signal);
    await settle();
    abort.abort();
    await expect(answer).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(workers[0]!.posted.at(-1)).toEqual({ cancel: 1 });
  });
});

describe('a worker that dies', () => {
  test('rejects what waits for it, saying why', async () => {
    const answer = ask();
    await settle();
    workers[0]!.exit(new Error('Worker terminated due to reaching memory limit'));
    await expect(answer).rejects.toMatchObject({ code: 'LINK_LOST', message: expect.stringContaining('memory limit') });
  });

  test('is replaced after a pause, and its owner is told', async () => {
    await started();
    await die();
    expect(host.state).toBe('restarting');
    await clock.advance(linkLimits.restart - 1);
    expect(workers).toHaveLength(1);
    await clock.advance(1);
    expect(workers).toHaveLength(2);
    expect(states).toEqual(['running', 'restarting', 'running']);
    expect(restarts).toBe(1);
  });

  test('is waited for by what is asked meanwhile', async () => {
    await started();
    await die();
    const answer = ask();
    await clock.advance(linkLimits.restart);
    workers[1]!.answer(['again']);
    expect(await answer).toEqual(['again']);
  });

  test('is waited for no longer than the limit', async () => {
    const worker = await started();
    worker.polite = false;
    // Its end alone takes as long as it may; the fake does not even die when it is terminated.
    worker.terminate = () => new Promise(() => {});
    void host.restart();
    const answer = ask();
    answer.catch(() => {});
    await clock.advance(linkLimits.restartWait);
    await expect(answer).rejects.toMatchObject({ code: 'LINK_LOST', message: expect.stringContaining('restarted') });
  });

  test('is not waited for by what is cancelled', async () => {
    await started();
    await die();
    const abort = new AbortController();
    const answer = ask(abort.signal);
    abort.abort();
    await expect(answer).rejects.toMatchObject({ code: 'CANCELLED' });
    await clock.advance(linkLimits.restart);
    expect(workers[1]!.requests).toEqual([]);
  });

  test('three times in five minutes is given up, until it is restarted', async () => {
    await started();
    for (let death = 1; death <= linkLimits.deaths; death++) {
      await die(new Error(`death ${death}`));
      await clock.advance(60_000);
    }
    expect(host.state).toBe('failed');
    expect(host.failure?.message).toContain('death 3');
    await expect(ask()).rejects.toMatchObject({ code: 'INTERNAL', hint: expect.stringContaining('Restart') });
    expect(workers).toHaveLength(3);

    await host.restart();
    expect(host.state).toBe('running');
    expect(restarts).toBe(3);
    await started();
    // Its earlier deaths are forgotten.
    await die();
    expect(host.state).toBe('restarting');
  });

  test('now and then is never given up', async () => {
    await started();
    for (let death = 0; death < 10; death++) {
      await die();
      await clock.advance(linkLimits.deathWindow / 2 + 1);
      expect(host.state).toBe('running');
    }
  });

  test('waits longer each time', async () => {
    await started();
    await die();
    await clock.advance(linkLimits.restart);
    await die();
    await clock.advance(linkLimits.restart);
    expect(workers).toHaveLength(2);
    await clock.advance(linkLimits.restart);
    expect(workers).toHaveLength(3);
  });

  test('even at its start is tried again, and what asked for it waits', async () => {
    startFailure = new Error('no threads');
    const answer = ask();
    await settle();
    expect(host.state).toBe('restarting');
    startFailure = undefined;
    await clock.advance(linkLimits.restart);
    workers[0]!.answer(['there']);
    expect(await answer).toEqual(['there']);
  });
});

describe('the end', () => {
  test('is asked for, so that caches are saved, and what waits is told', async () => {
    const worker = await started();
    const answer = ask();
    await settle();
    const stopped = host.stop();
    await expect(answer).rejects.toMatchObject({ code: 'LINK_LOST' });
    await stopped;
    expect(worker.posted.at(-1)).toEqual({ goodbye: true });
    expect(worker.terminated).toBe(false);
    expect(host.state).toBe('stopped');
    await expect(ask()).rejects.toMatchObject({ code: 'LINK_LOST', message: expect.stringContaining('shutting down') });
    expect(workers).toHaveLength(1);
  });

  test('is forced upon a worker that does not end by itself', async () => {
    const worker = await started();
    worker.polite = false;
    const stopped = host.stop();
    await clock.advance(linkLimits.goodbye - 1);
    expect(worker.terminated).toBe(false);
    await clock.advance(1);
    await stopped;
    expect(worker.terminated).toBe(true);
  });

  test('keeps a worker that died from coming back', async () => {
    await started();
    await die();
    await host.stop();
    await clock.advance(linkLimits.restartMax);
    expect(workers).toHaveLength(1);
  });

  test('ends the waiting for a worker', async () => {
    await started();
    await die();
    const answer = ask();
    await host.stop();
    await expect(answer).rejects.toMatchObject({ code: 'LINK_LOST' });
  });
});

describe('a restart', () => {
  test('ends one worker before it starts the next, and counts as no death', async () => {
    for (let i = 0; i < 5; i++) {
      const worker = await started();
      await host.restart();
      expect(worker.posted.at(-1)).toEqual({ goodbye: true });
      expect(host.state).toBe('running');
    }
    expect(workers).toHaveLength(6);
    expect(restarts).toBe(5);
  });

  test('asked for twice at once happens once', async () => {
    await started();
    await Promise.all([host.restart(), host.restart()]);
    expect(workers).toHaveLength(2);
  });

  test('does not come after the end', async () => {
    const worker = await started();
    worker.polite = false;
    const restarted = host.restart();
    const stopped = host.stop();
    await clock.advance(linkLimits.goodbye);
    await Promise.all([restarted, stopped]);
    await host.restart();
    expect(host.state).toBe('stopped');
    expect(workers).toHaveLength(1);
  });

  test('is waited for by what is asked meanwhile', async () => {
    const worker = await started();
    worker.polite = false;
    const restarted = host.restart();
    const answer = ask();
    await clock.advance(linkLimits.goodbye);
    await restarted;
    await settle();
    workers[1]!.answer(['new']);
    expect(await answer).toEqual(['new']);
  });
});
