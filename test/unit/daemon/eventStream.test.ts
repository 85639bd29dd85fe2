import { beforeEach, expect, test } from 'vitest';
import type { BuildEvent } from '../../../src/context/buildEvent.ts';
import { EventStream } from '../../../src/daemon/eventStream.ts';
import { daemonLimits } from '../../../src/daemon/limits.ts';
import type { Message } from '../../../src/protocol/message.ts';
import type { Exchange } from '../../../src/transfer/exchange.ts';
import { FakeClock } from '../../support/fakeClock.ts';

let clock: FakeClock;
/** The messages that were sent: their events. */
let sent: BuildEvent[][];
/** Resolves when the link takes more. */
let taken: Promise<void>;
let stream: EventStream;

beforeEach(() => {
  clock = new FakeClock();
  sent = [];
  taken = Promise.resolve();
  const exchange = {
    send(message: Message) {
      if (message.type === 'events') sent.push(message.events as BuildEvent[]);
      return taken;
    },
  };
  stream = new EventStream(exchange as unknown as Exchange, clock);
});

const log = (text: string | Uint8Array): BuildEvent => ({
  type: 'log',
  vertex: 'v',
  stream: 1,
  data: typeof text === 'string' ? Buffer.from(text) : text,
  timestamp: 1,
});

const texts = () => sent.map((events) => events.map((event) => (event.type === 'log' ? String(event.data) : '')));

test('the first event is sent at once; those that follow closely are gathered, in order', async () => {
  stream.add(log('a'));
  await clock.advance(0);
  expect(texts()).toEqual([['a']]);
  stream.add(log('b'));
  stream.add(log('c'));
  await clock.advance(9);
  stream.add(log('d'));
  expect(sent).toHaveLength(1);
  await clock.advance(1);
  expect(texts()).toEqual([['a'], ['b', 'c', 'd']]);
  await clock.advance(1000);
  stream.add(log('e'));
  await clock.advance(0);
  expect(texts().at(-1)).toEqual(['e']);
});

test('a flush waits for nothing but the link', async () => {
  stream.add(log('a'));
  await clock.advance(0);
  stream.add(log('b'));
  const flushed = stream.flush();
  await clock.advance(10);
  await flushed;
  expect(texts()).toEqual([['a'], ['b']]);
});

test('a client that takes nothing has output left out, and is told where and how much; steps never are', async () => {
  let take = () => {};
  taken = new Promise((resolve) => (take = resolve));
  const megabyte = new Uint8Array(1 << 20).fill(0x2e);
  const megabytes = (2 * daemonLimits.unsentEventBytes) / megabyte.length;
  for (let i = 0; i < megabytes; i++) stream.add(log(megabyte));
  const vertex = { digest: 'd', name: 'step', cached: false, started: 1, completed: undefined, error: '' };
  stream.add({ type: 'vertex', ...vertex });
  await clock.advance(0);
  take();
  taken = Promise.resolve();
  stream.add(log('last'));
  const flushed = stream.flush();
  await clock.advance(1000);
  await flushed;
  const events = sent.flat();
  const output = events.filter((event) => event.type === 'log').map(({ data }) => Buffer.from(data).toString());
  const dots = output.filter((text) => text.startsWith('.')).reduce((sum, text) => sum + text.length, 0);
  expect(dots).toBeLessThanOrEqual(daemonLimits.unsentEventBytes);
  expect(output.slice(-2)).toEqual([`[${megabytes * megabyte.length - dots} bytes of output left out]\n`, 'last']);
  expect(events.slice(-2).map(({ type }) => type)).toEqual(['vertex', 'log']);
});
