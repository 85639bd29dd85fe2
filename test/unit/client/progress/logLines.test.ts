import { describe, expect, test } from 'vitest';
import { progressLimits } from '../../../../src/client/progress/limits.ts';
import type { LogLine } from '../../../../src/client/progress/logLines.ts';
import { LogLines } from '../../../../src/client/progress/logLines.ts';

const textOf = (lines: readonly LogLine[]) => lines.map(({ bytes }) => new TextDecoder().decode(bytes));

/** Pushes texts in turn; `2:` in front means standard error. Returns the lines that each completes. */
function push(lines: LogLines, ...texts: string[]): string[][] {
  return texts.map((text) => {
    const stream = text.startsWith('2:') ? 2 : 1;
    const data = new TextEncoder().encode(text.replace(/^2:/, ''));
    return textOf(lines.push({ stream, data, timestamp: 0 }));
  });
}

describe('lines of output', () => {
  test('are held back until they are whole', () => {
    const lines = new LogLines();
    expect(push(lines, 'on', 'e\ntwo\n\nth', 'ree')).toEqual([[], ['one', 'two', ''], []]);
    expect(textOf(lines.flush())).toEqual(['three']);
    expect(textOf(lines.flush())).toEqual([]);
  });

  test('of the two streams do not mix', () => {
    const lines = new LogLines();
    expect(push(lines, 'out', '2:err', ' put\n', '2:or\n')).toEqual([[], [], ['out put'], ['error']]);
  });

  test('have the time of their first byte', () => {
    const lines = new LogLines();
    const data = (text: string) => new TextEncoder().encode(text);
    lines.push({ stream: 1, data: data('a'), timestamp: 10 });
    const [first, second] = lines.push({ stream: 1, data: data('b\nc\n'), timestamp: 20 });
    expect([first?.timestamp, second?.timestamp]).toEqual([10, 20]);
  });

  test('keep characters whole that come in pieces', () => {
    const lines = new LogLines();
    const bytes = new TextEncoder().encode('日本\n');
    const read = [...bytes].flatMap((byte) => lines.push({ stream: 1, data: Uint8Array.of(byte), timestamp: 0 }));
    expect(textOf(read)).toEqual(['日本']);
  });

  test.each([
    ['at the limit stay whole', 0, [progressLimits.lineBytes]],
    ['over the limit are cut', 1, [progressLimits.lineBytes, 1]],
    ['far over the limit are cut often', 2 * progressLimits.lineBytes, Array(3).fill(progressLimits.lineBytes)],
  ])('%s', (_, excess, lengths) => {
    const [read] = push(new LogLines(), `${'x'.repeat(progressLimits.lineBytes + excess)}\n`);
    expect(read?.map((line) => line.length)).toEqual(lengths);
  });

  test('do not hold on to the buffer that they came in', () => {
    const lines = new LogLines();
    const data = new TextEncoder().encode('abc');
    lines.push({ stream: 1, data, timestamp: 0 });
    data.fill(0x78);
    expect(textOf(lines.flush())).toEqual(['abc']);
  });
});
