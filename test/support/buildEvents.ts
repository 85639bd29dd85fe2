import type { LogEvent, StatusEvent, VertexEvent, WarningEvent } from '../../src/context/buildEvent.ts';

/** A moment by the builder's clock; times below are milliseconds after it. */
export const epoch = Date.UTC(2026, 0, 2, 3, 4, 5);

/** A step; `from` and `to` are when it began and ended. */
export function vertex(
  digest: string,
  { from, to, ...rest }: { from?: number; to?: number } & Partial<VertexEvent> = {},
): VertexEvent {
  const started = from === undefined ? undefined : epoch + from;
  const completed = to === undefined ? undefined : epoch + to;
  return { type: 'vertex', digest, name: `[${digest}] RUN x`, cached: false, error: '', ...rest, started, completed };
}

export function log(vertex: string, at: number, text: string | Uint8Array, stream = 1): LogEvent {
  return { type: 'log', vertex, stream, data: Buffer.from(text as string), timestamp: epoch + at };
}

export function status(
  vertex: string,
  id: string,
  { from, to, ...rest }: { from?: number; to?: number } & Partial<StatusEvent> = {},
): StatusEvent {
  const started = from === undefined ? undefined : epoch + from;
  const completed = to === undefined ? undefined : epoch + to;
  return { type: 'status', vertex, id, current: 0, total: 0, ...rest, started, completed };
}

export function warning(vertex: string, message: string, rest: Partial<WarningEvent> = {}): WarningEvent {
  return { type: 'warning', vertex, message, detail: '', url: '', line: 0, ...rest };
}
