import { expect, test } from 'vitest';
import { statusTooltip } from '../../../../src/extension/status/tooltip.ts';
import { someContext, someError } from '../../../support/contextViews.ts';

const facts = { contexts: [], builder: 'the engine', lastBuild: undefined, paused: false, trusted: true };

test('only our own commands are enabled', () => {
  const { isTrusted } = statusTooltip(facts);
  const { enabledCommands } = isTrusted as { enabledCommands: string[] };
  expect(enabledCommands.length).toBeGreaterThan(0);
  for (const command of enabledCommands) expect(command).toMatch(/^presync\./);
});

test('where nothing is kept in sync it says what a click is for', () => {
  expect(statusTooltip(facts).value).toContain('keep the build context in sync');
  expect(statusTooltip({ ...facts, trusted: false }).value).toContain('trust');
});

test('names and messages are text, whatever they hold', () => {
  const evil = '[click](command:workbench.action.quit) **x**';
  const contexts = [
    someContext(
      { problems: [{ path: evil, kind: 'unreadable', message: evil }], problemCount: 1 },
      { name: evil, failure: { ...someError, message: evil } },
    ),
  ];
  const { value } = statusTooltip({ ...facts, contexts, builder: evil, lastBuild: evil });
  expect(value).not.toContain('[click](command:workbench');
  expect(value).not.toContain('**x**');
});

test('it says how it is, what is in the context, and how the last build went', () => {
  const { value } = statusTooltip({ ...facts, contexts: [someContext({})], lastBuild: 'app in 1 s' });
  for (const part of ['in sync, a build starts at once', '12 files', '0123456789ab', 'the engine', 'app in 1 s']) {
    expect(value).toContain(part);
  }
});

test('problems are listed, but not all of many', () => {
  const problems = Array.from({ length: 8 }, (_, i) => ({ path: `p${i}`, kind: 'busy' as const, message: 'm' }));
  const { value } = statusTooltip({ ...facts, contexts: [someContext({ problems, problemCount: 40 })] });
  expect(value).toContain('p4');
  expect(value).not.toContain('p5');
  expect(value).toContain('and 35 more');
});
