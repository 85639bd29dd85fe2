import { describe, expect, test } from 'vitest';
import { readStages } from '../../../../src/extension/build/stages.ts';

describe('the stages of a Dockerfile', () => {
  test('have a name, or none, and the line of their FROM', () => {
    const text =
      '# syntax=docker/dockerfile:1\nARG V=1\nFROM node:$V AS build\nRUN make\nfrom scratch as Test-1\nFROM build\n';
    expect(readStages(text)).toEqual([
      { name: 'build', line: 2 },
      { name: 'Test-1', line: 4 },
      { name: '', line: 5 },
    ]);
  });

  test('are not looked for in heredocs, comments and ONBUILD', () => {
    const text =
      'FROM a\nCOPY <<A <<-B /x/\nFROM one\nA\nFROM two\nB\n# FROM three\nONBUILD FROM four\nRUN x \\\n  FROM five\n';
    expect(readStages(text)).toEqual([{ name: '', line: 0 }]);
  });

  test('may go over several lines, with any line end and escape character', () => {
    expect(readStages('# escape=`\r\nFROM --platform=$X a `\r\n# why\r\n  AS b\r\n')).toEqual([{ name: 'b', line: 1 }]);
  });

  test.each(['', 'RUN x', 'FROM', 'FROM --platform=x'])('are none in %j', (text) => {
    expect(readStages(text)).toEqual([]);
  });
});
