import type { LogEvent } from '../../context/buildEvent.ts';
import { progressLimits } from './limits.ts';

/** One line of a step's output. */
export interface LogLine {
  /** Without the line feed. */
  readonly bytes: Uint8Array;
  /** When its first byte came. */
  readonly timestamp: number;
}

interface OpenLine {
  readonly parts: Uint8Array[];
  length: number;
  readonly timestamp: number;
}

const lineFeed = 0x0a;

/**
 * Cuts the output of one step into lines. Bytes come in pieces of any size, and the same bytes give the same lines
 * however they were split. Standard output and standard error are cut apart, so that neither breaks the other's lines.
 * A line over the limit is cut at the limit, be it inside a character.
 */
export class LogLines {
  readonly #open = new Map<number, OpenLine>();

  /** The lines that this piece completes. */
  push(piece: Pick<LogEvent, 'stream' | 'data' | 'timestamp'>): LogLine[] {
    const stream = piece.stream === 2 ? 2 : 1;
    const lines: LogLine[] = [];
    let at = 0;
    while (at < piece.data.length) {
      const line = this.#open.get(stream) ?? { parts: [], length: 0, timestamp: piece.timestamp };
      const feed = piece.data.indexOf(lineFeed, at);
      const rest = (feed === -1 ? piece.data.length : feed) - at;
      const taken = Math.min(rest, progressLimits.lineBytes - line.length);
      append(line, piece.data.slice(at, at + taken));
      at += taken;
      const ended = at === feed;
      // A full line waits for its next byte: only that one tells whether it ends here or is cut.
      if (ended || taken < rest) {
        lines.push(joined(line));
        this.#open.delete(stream);
      } else {
        this.#open.set(stream, line);
      }
      if (ended) at++;
    }
    return lines;
  }

  /** What is left of lines that were never ended, because their step was. */
  flush(): LogLine[] {
    const lines = [...this.#open.values()].map(joined);
    this.#open.clear();
    return lines;
  }
}

function append(line: OpenLine, part: Uint8Array): void {
  if (part.length === 0) return;
  line.parts.push(part);
  line.length += part.length;
}

function joined(line: OpenLine): LogLine {
  const bytes = new Uint8Array(line.length);
  let at = 0;
  for (const part of line.parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, timestamp: line.timestamp };
}
