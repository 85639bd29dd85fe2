import { describe, expect, it } from 'vitest';
import { parseFieldMap, parseFields } from '../../../src/context/fieldList.ts';

describe('the fields of a flag', () => {
  it.each<[string, [string, string | undefined][]]>([
    [
      'type=local,dest=out',
      [
        ['type', 'local'],
        ['dest', 'out'],
      ],
    ],
    ['out', [['out', undefined]]],
    [
      'ID=x,Src=a=b',
      [
        ['id', 'x'],
        ['src', 'a=b'],
      ],
    ],
    [
      'type=local,"dest=a,b"',
      [
        ['type', 'local'],
        ['dest', 'a,b'],
      ],
    ],
    [
      '"a=say ""hi""",b=',
      [
        ['a', 'say "hi"'],
        ['b', ''],
      ],
    ],
    ['', [['', undefined]]],
  ])('%j', (text, fields) => {
    expect(parseFields(text, 'output').map(({ key, value }) => [key, value])).toEqual(fields);
  });

  it.each(['a"b=c', '"a', '"a"b', 'a=1\nb=2'])('refuses %j and names the flag', (text) => {
    expect(() => parseFields(text, 'output')).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(/^--output /) }),
    );
  });

  it.each(['id', 'id=a,id=b', 'id=a,', '=x'])('refuses %j where every field needs a value of its own', (text) => {
    expect(() => parseFieldMap(text, 'secret')).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});
