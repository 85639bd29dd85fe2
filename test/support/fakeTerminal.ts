import type { ProgressStream } from '../../src/cli/progress/progressStream.ts';
import { textWidth } from '../../src/cli/progress/textWidth.ts';

/** Control sequences that the screen understands; anything else in the output is an error of the test. */
const token = /\x1b\[(\??)(\d*)([A-Za-z])|\x1b\[[0-9;]*m|\t|\n|\r|[^\x00-\x1f\x7f-\x9f]/gu;

/** A terminal as far as progress uses one: lines that scroll, a cursor that moves, text that wraps. */
export class FakeTerminal implements ProgressStream {
  readonly isTTY = true;
  columns: number;
  rows: number;
  /** All that was written. */
  output = '';
  /** How often. */
  writes = 0;
  cursorHidden = false;
  readonly #lines: string[][] = [[]];
  #row = 0;
  #column = 0;

  constructor(columns = 80, rows = 24) {
    this.columns = columns;
    this.rows = rows;
  }

  write(text: string, written?: () => void): boolean {
    if (text !== '') this.writes++;
    this.output += text;
    const understood = text.replace(token, (found, mark: string, count: string, kind: string | undefined) => {
      if (kind !== undefined) this.#control(mark + kind, count === '' ? 1 : Number(count));
      else if (!found.startsWith('\x1b')) this.#put(found);
      return '';
    });
    if (understood !== '') throw new Error(`The terminal does not know ${JSON.stringify(understood)}.`);
    written?.();
    return true;
  }

  /** Everything on the screen and scrolled off it, without trailing spaces. */
  get text(): string {
    return this.#lines.map((cells) => cells.join('').trimEnd()).join('\n');
  }

  /** Columns used by the widest line. */
  get widest(): number {
    return Math.max(...this.#lines.map((cells) => cells.length));
  }

  #control(kind: string, count: number): void {
    switch (kind) {
      case 'A': {
        // What has scrolled off the screen cannot be reached.
        const top = Math.max(0, this.#lines.length - this.rows);
        if (this.#row - count < top) throw new Error('The cursor would leave the screen.');
        this.#row -= count;
        return;
      }
      case 'B':
        this.#row = Math.min(this.#row + count, this.#lines.length - 1);
        return;
      case 'G':
        this.#column = count - 1;
        return;
      case 'K':
        // log-update writes `2K` for the whole line and `K` for the rest of it.
        this.#line().length = count === 2 ? 0 : Math.min(this.#column, this.#line().length);
        return;
      case '?l':
      case '?h':
        if (count === 25) this.cursorHidden = kind === '?l';
        return;
      case 'm':
        return;
      default:
        throw new Error(`The terminal does not know ${kind}.`);
    }
  }

  #put(character: string): void {
    if (character === '\r') {
      this.#column = 0;
      return;
    }
    if (character === '\t') {
      this.#column = Math.min(this.columns - 1, this.#column - (this.#column % 8) + 8);
      return;
    }
    const width = textWidth(character);
    if (character === '\n' || this.#column + width > this.columns) {
      this.#row++;
      this.#column = 0;
      if (this.#row === this.#lines.length) this.#lines.push([]);
      if (character === '\n') return;
    }
    const line = this.#line();
    while (line.length < this.#column) line.push(' ');
    line[this.#column++] = character;
    // The second cell of a wide character shows nothing of its own.
    if (width === 2) line[this.#column++] = '';
  }

  #line(): string[] {
    return this.#lines[this.#row] ?? [];
  }
}
