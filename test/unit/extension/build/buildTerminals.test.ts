import { beforeEach, expect, test } from 'vitest';
import { BuildTerminal } from '../../../../src/extension/build/buildTerminal.ts';
import { BuildTerminals } from '../../../../src/extension/build/buildTerminals.ts';
import { FakeClock } from '../../../support/fakeClock.ts';
import { fake, resetVscode } from '../../../support/vscode.ts';

const choice = (tag: string, folder = '/ws', target = '') => ({
  source: { folder, dockerfile: `${folder}/Dockerfile` },
  tags: [tag],
  target,
  buildArgs: [],
  noCache: false,
});

let begun: string[];
let terminals: BuildTerminals;

beforeEach(() => {
  resetVscode();
  begun = [];
  terminals = new BuildTerminals(
    ({ tags: [title = ''] }) =>
      new BuildTerminal({
        title,
        dockerfile: 'Dockerfile',
        readDockerfile: () => Promise.reject(new Error('none')),
        run: () => (begun.push(title), new Promise(() => {})),
        clock: new FakeClock(),
        task: false,
      }),
  );
});

test('a build begins before its terminal is drawn, which is shown', () => {
  terminals.start(choice('app:1'));
  expect(begun).toEqual(['app:1']);
  expect(fake.terminals).toMatchObject([{ name: 'Presync: app:1', shown: 1, disposed: false }]);
});

test('a build takes the place of the one before of the same context and target, and all go with the window', () => {
  terminals.start(choice('app:1'));
  terminals.start(choice('app:1', '/ws', 'test'));
  terminals.start(choice('app:2'));
  expect(fake.terminals.map(({ disposed }) => disposed)).toEqual([true, false, false]);
  terminals.dispose();
  expect(fake.terminals.map(({ disposed }) => disposed)).toEqual([true, true, true]);
});

test('the terminal of a build is known until it is closed, or is that of a newer build', () => {
  const [first, second] = [choice('app:1'), choice('app:1')];
  terminals.start(first);
  expect(terminals.terminalOf(first)).toBe(fake.terminals[0]);
  expect(terminals.terminalOf(second)).toBeUndefined();
  terminals.start(second);
  expect(terminals.terminalOf(first)).toBeUndefined();
  fake.terminals[1]!['exitStatus'] = { code: undefined };
  expect(terminals.terminalOf(second)).toBeUndefined();
});

test('contexts with one tag do not end each other’s builds, and are told apart', () => {
  terminals.start(choice('app:latest', '/ws/one/app'));
  terminals.start(choice('app:latest', '/ws/two/app'));
  terminals.start(choice('app:latest', '/ws/two/app'));
  expect(fake.terminals.map(({ disposed }) => disposed)).toEqual([false, true, false]);
  expect(fake.terminals.map(({ name }) => name)).toEqual([
    'Presync: app:latest',
    'Presync: app:latest (two/app)',
    'Presync: app:latest (two/app)',
  ]);
});
