/**
 * A build as JSON lines, for programs.
 *
 * Each line about the build is what BuildKit's Go client marshals as `SolveStatus` (client/graph.go): objects in
 * `vertexes`, `statuses`, `logs` and `warnings`, with bytes in base64 and times in RFC 3339. Each line about the sync is
 * `{"presync": …}` with the fields of SyncProgress, its time likewise.
 */
import { unreachable } from '../../base/errors.ts';
import type { BuildEvent, LogEvent, StatusEvent, VertexEvent, WarningEvent } from '../../context/buildEvent.ts';
import type { ProgressEvent } from '../../client/progress/progressEvent.ts';
import { safeJson } from '../safeJson.ts';
import type { ProgressRenderer } from './progressRenderer.ts';
import type { ProgressStream } from './progressStream.ts';
import { flushed } from './progressStream.ts';

/** The last moment that a Date can name. */
const maxDateMs = 8.64e15;

export class RawJsonRenderer implements ProgressRenderer {
  readonly #stream: ProgressStream;
  #finished = false;

  constructor(stream: ProgressStream) {
    this.#stream = stream;
  }

  update(event: ProgressEvent): void {
    if (!this.#finished) this.#stream.write(`${rawJsonLine(event)}\n`);
  }

  async finish(): Promise<void> {
    this.#finished = true;
    await flushed(this.#stream);
  }
}

/** One event as one line of JSON, without line end. */
export function rawJsonLine(event: ProgressEvent): string {
  if (event.type !== 'sync') return safeJson(solveStatus(event));
  const { type: _type, timestamp, ...rest } = event;
  return safeJson({ presync: { ...rest, timestamp: rfc3339(timestamp) } });
}

function solveStatus(event: BuildEvent): object {
  switch (event.type) {
    case 'vertex':
      return { vertexes: [vertex(event)] };
    case 'status':
      return { statuses: [status(event)] };
    case 'log':
      return { logs: [log(event)] };
    case 'warning':
      return { warnings: [warning(event)] };
    default:
      return unreachable(event);
  }
}

// As in Go, a field marked `omitempty` there is left out here when it is empty, 0 or false.

function vertex({ digest, name, started, completed, cached, error }: VertexEvent): object {
  return {
    digest,
    ...(name !== '' && { name }),
    ...(started !== undefined && { started: rfc3339(started) }),
    ...(completed !== undefined && { completed: rfc3339(completed) }),
    ...(cached && { cached }),
    ...(error !== '' && { error }),
  };
}

function status({ id, vertex, total, current, started, completed }: StatusEvent): object {
  return {
    id,
    vertex,
    ...(total > 0 && { total }),
    current,
    ...(started !== undefined && { started: rfc3339(started) }),
    ...(completed !== undefined && { completed: rfc3339(completed) }),
  };
}

function log({ vertex, stream, data, timestamp }: LogEvent): object {
  return { vertex, ...(stream !== 0 && { stream }), data: base64(data), timestamp: rfc3339(timestamp) };
}

function warning({ vertex, message, detail, url, line }: WarningEvent): object {
  return {
    ...(vertex !== '' && { vertex }),
    short: base64(message),
    ...(detail !== '' && { detail: detail.split('\n').map(base64) }),
    ...(url !== '' && { url }),
    ...(line > 0 && { range: [{ start: { line }, end: { line } }] }),
  };
}

function base64(data: Uint8Array | string): string {
  return (typeof data === 'string' ? Buffer.from(data) : Buffer.from(data)).toString('base64');
}

/** RFC 3339 in UTC to the microsecond, fractions without trailing zeros as in Go's RFC3339Nano. */
function rfc3339(ms: number): string {
  // A clock can be wrong, but Date takes only so many milliseconds, and only whole ones: what is finer goes behind.
  const inRange = Math.min(Math.max(Number.isNaN(ms) ? 0 : ms, -maxDateMs), maxDateMs);
  const micros = Math.round(inRange * 1000);
  const whole = Math.floor(micros / 1000);
  const iso = new Date(whole).toISOString().slice(0, -1) + String(micros - whole * 1000).padStart(3, '0');
  return `${iso.replace(/\.?0+$/, '')}Z`;
}
