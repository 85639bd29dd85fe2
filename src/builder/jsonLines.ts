import { PresyncError } from '../base/errors.ts';
import { builderLimits } from './limits.ts';

/** The JSON objects of a stream that has one a line, as the Engine API tells progress. PROTOCOL, LIMIT. */
export async function* jsonLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of bytes) {
    rest += decoder.decode(piece, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop()!;
    if (rest.length > builderLimits.jsonLineChars) throw new PresyncError('LIMIT', 'A line of the engine is too long.');
    for (const line of lines) if (line.trim() !== '') yield parse(line);
  }
  if (rest.trim() !== '') yield parse(rest);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new PresyncError('PROTOCOL', 'The engine answered with what is no JSON.', { cause });
  }
}
