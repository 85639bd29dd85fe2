import type { TextDocument } from 'vscode';
import { beforeEach, describe, expect, test } from 'vitest';
import { Emitter } from '../../../../src/base/emitter.ts';
import { StageLens } from '../../../../src/extension/editor/stageLens.ts';
import { fake, resetVscode, Uri } from '../../../support/vscode.ts';

const uri = Uri.file('/ws/Dockerfile');
const changed = new Emitter<void>();
let enabled: boolean;
let lens: StageLens;

beforeEach(() => {
  resetVscode();
  enabled = true;
  lens = new StageLens({ enabled: () => enabled, onDidChange: changed.event });
});

const lensesOf = (text: string) =>
  lens
    .provideCodeLenses({ uri, getText: () => text } as unknown as TextDocument)
    .map(({ range, command }) => ({ line: range.start.line, ...command }));

describe('the lens of a stage', () => {
  test('builds all above the last one, and up to those with a name', () => {
    expect(lensesOf('FROM a AS one\nFROM b\n\nFROM c AS two\nRUN x\nFROM two AS three\n')).toEqual([
      { line: 0, title: 'Build to this stage', command: 'presync.buildStage', arguments: [uri, 'one'] },
      { line: 3, title: 'Build to this stage', command: 'presync.buildStage', arguments: [uri, 'two'] },
      { line: 5, title: '$(play) Build', command: 'presync.buildThisDockerfile', arguments: [uri] },
    ]);
  });

  test('is above the only stage, and nowhere without one', () => {
    expect(lensesOf('ARG V\nFROM a:$V\n')).toMatchObject([{ line: 1, title: '$(play) Build' }]);
    expect(lensesOf('# empty\n')).toEqual([]);
  });

  test('is not there where it is not wanted', () => {
    enabled = false;
    expect(lensesOf('FROM a')).toEqual([]);
  });
});

test('VS Code hears when it has to ask again, until the end', () => {
  let asked = 0;
  lens.onDidChangeCodeLenses(() => asked++);
  changed.emit();
  expect(asked).toBe(1);
  expect(fake.providers.get('codeLens')).toBe(lens);
  lens.dispose();
  expect(fake.providers.has('codeLens')).toBe(false);
});
