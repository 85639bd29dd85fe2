import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { WorkspaceFolder } from '../../support/workspaceFolder.ts';
import { changedBeside } from '../../../src/workspace/changedBeside.ts';
import { workspaceLimits } from '../../../src/workspace/limits.ts';

test('what changed just now beside a path is found, and nothing elsewhere or told already', () => {
  const folder = new WorkspaceFolder({ 'a/told': '1', 'a/lost': '2', 'b/elsewhere': '3' });
  expect(changedBeside([folder.at('a/told')])).toEqual([folder.at('a/lost')]);
});

test('a path that is gone has neighbours too', () => {
  const folder = new WorkspaceFolder({ 'a/lost': '2' });
  expect(changedBeside([folder.at('a/gone')])).toEqual([folder.at('a/lost')]);
  expect(changedBeside([folder.at('no/folder')])).toEqual([]);
});

test('what has been at rest for long is not told', () => {
  const folder = new WorkspaceFolder({ 'a/told': '1', 'a/rested': '2' });
  const changed = statSync(folder.at('a/rested')).ctimeMs;
  expect(changedBeside([folder.at('a/told')], changed + workspaceLimits.besideWithin)).toEqual([]);
  expect(changedBeside([folder.at('a/told')], changed + workspaceLimits.besideWithin - 1)).toHaveLength(1);
});

test('a folder of very many entries is not read through', () => {
  const folder = new WorkspaceFolder({ 'a/told': '1' });
  for (let i = 1; i < workspaceLimits.besideEntries; i++) folder.write(`a/f${i}`, '');
  expect(changedBeside([folder.at('a/told')]).length).toBeGreaterThan(0);
  folder.write('a/one more', '');
  expect(changedBeside([folder.at('a/told')])).toEqual([]);
});
