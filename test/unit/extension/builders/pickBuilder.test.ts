import { beforeEach, expect, test } from 'vitest';
import { defaultBuilder } from '../../../../src/extension/builders/chosenBuilder.ts';
import { pickBuilder } from '../../../../src/extension/builders/pickBuilder.ts';
import { fake, resetVscode } from '../../../support/vscode.ts';

const found = [
  { spec: 'docker-context://default', name: 'default', detail: 'the usual socket', current: true },
  { spec: 'docker-context://far', name: 'far', detail: 'ssh://me@far', current: false },
];
const typed = { spec: 'ssh://me@host', name: 'ssh://me@host' };

const labels = () => (fake.asked[0]!.items as { label: string }[]).map(({ label }) => label);

beforeEach(() => resetVscode());

test.each([
  ['what docker chooses', defaultBuilder, '$(check) Automatic'],
  ['a docker context', { spec: 'docker-context://far', name: 'far' }, '$(check) far'],
  ['an address', typed, '$(check) ssh://me@host'],
])('%s that is in use is the one row with a tick', async (_, current, ticked) => {
  await pickBuilder(found, current);
  expect(labels().filter((label) => label.includes('$(check)'))).toEqual([ticked]);
});

test('no two rows can be taken for each other', async () => {
  await pickBuilder(found, defaultBuilder);
  const names = labels().map((label) => label.toLowerCase());
  expect(names.filter((label) => label.includes('default'))).toEqual(['default']);
});

test('an address can be typed, and ssh:// is among what is named', async () => {
  fake.answer = ({ kind, items }) => (kind === 'inputBox' ? ` ${typed.spec} ` : items.at(-1));
  expect(await pickBuilder(found, defaultBuilder)).toEqual(typed);
  expect((fake.asked[1]!.options as { prompt: string }).prompt).toContain('ssh://user@host');
});
