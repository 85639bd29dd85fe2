import { beforeEach, expect, test } from 'vitest';
import type { PresyncError } from '../../../src/base/errors.ts';
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
/** Why the client was given up, each time. */
let givenUp: PresyncError[];

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
  givenUp = [];
  stream = new EventStream(exchange as unknown as Exchange, clock, (why) => givenUp.push(why));
});

const log = (text: string | Uint8Array): BuildEvent => ({
  type: 'log',
  vertex: 'v',
  stream: 1,
  data: typeof text === 'string' ? Buffer.from(text) : text,
  timestamp: 1,
});

const progress = (id: string, current: number): BuildEvent => ({
  type: 'status',
  vertex: 'v',
  id,
  current,
  total: 0,
  started: 1,
  completed: undefined,
});

const step = (digest: string): BuildEvent => ({
  type: 'vertex',
  digest,
  name: 'x'.repeat(1000),
  cached: false,
  started: 1,
  completed: 2,
  error: '',
});

/** From now on the client takes nothing, until what is returned is called. */
function stall(): () => void {
  let take = () => {};
  taken = new Promise((resolve) => (take = resolve));
  return () => {
    take();
    taken = Promise.resolve();
  };
}

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
  const take = stall();
  const megabyte = new Uint8Array(1 << 20).fill(0x2e);
  const megabytes = (2 * daemonLimits.unsentEventBytes) / megabyte.length;
  for (let i = 0; i < megabytes; i++) stream.add(log(megabyte));
  const vertex = { digest: 'd', name: 'step', cached: false, started: 1, completed: undefined, error: '' };
  stream.add({ type: 'vertex', ...vertex });
  await clock.advance(0);
  take();
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

test('of the progress of one thing only the newest waits', async () => {
  stream.add(progress('a', 0));
  await clock.advance(0);
  const take = stall();
  stream.add(log('first'));
  await clock.advance(10);
  for (let current = 1; current <= 1000; current++) {
    for (const id of ['a', 'b']) stream.add(progress(id, current));
  }
  stream.add(log('last'));
  take();
  await clock.advance(0);
  stream.add(progress('a', 1001));
  await clock.advance(10);
  const [, , ...later] = sent;
  expect(later).toEqual([[progress('a', 1000), progress('b', 1000), log('last')], [progress('a', 1001)]]);
});

test.each([
  ['steps', (i: number) => step(`d${i}`)],
  ['progress of ever more things', (i: number) => progress(`i${i}`, 0)],
  [
    'remarks',
    (i: number): BuildEvent => ({ type: 'warning', vertex: 'v', message: `${i}`, detail: '', url: '', line: 0 }),
  ],
])(
  'a client that takes nothing is given up when %s are too many, and nothing more is kept for it',
  async (_, event) => {
    const take = stall();
    stream.add(log('first'));
    await clock.advance(0);
    // Each counts for 150 bytes at least.
    const tooMany = Math.ceil(daemonLimits.unsentEventBytesAtMost / 150);
    for (let i = 0; i < tooMany; i++) stream.add(event(i));
    expect(givenUp).toMatchObject([{ code: 'LIMIT' }]);
    stream.add(step('later'));
    take();
    await Promise.all([stream.flush(), clock.advance(1000)]);
    expect(texts()).toEqual([['first']]);
  },
);

test('steps have their place even where output has none', async () => {
  const take = stall();
  const piece = new Uint8Array(1 << 20);
  for (let bytes = 0; bytes <= daemonLimits.unsentEventBytes; bytes += piece.length) stream.add(log(piece));
  for (let i = 0; i < 1000; i++) stream.add(step(`d${i}`));
  await clock.advance(0);
  take();
  await Promise.all([stream.flush(), clock.advance(1000)]);
  expect(givenUp).toEqual([]);
  expect(sent.flat().filter(({ type }) => type === 'vertex')).toHaveLength(1000);
});
