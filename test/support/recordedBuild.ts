import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PresyncError } from '../../src/base/errors.ts';
import type { ProgressEvent, ProgressOutcome } from '../../src/client/progress/progressEvent.ts';
import type { ProgressRenderer } from '../../src/cli/progress/progressRenderer.ts';
import type { FakeClock } from './fakeClock.ts';

/** Builds that ran in a real engine, as `--progress rawjson` wrote them. */
const directory = join(import.meta.dirname, '../unit/cli/recorded');

type Json = Readonly<Record<string, string | number | boolean | undefined>>;

interface RecordedLine {
  readonly presync?: Json;
  readonly vertexes?: readonly Json[];
  readonly logs?: readonly Json[];
}

/** One event, and when it came: milliseconds since 1970. */
export interface RecordedEvent {
  readonly event: ProgressEvent;
  readonly at: number;
}

export function recordedLines(name: string): string[] {
  return readFileSync(join(directory, `${name}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n');
}

/** The recorded events, read back. */
export function recordedBuild(name: string): RecordedEvent[] {
  let at = 0;
  return recordedLines(name).map((line) => {
    const event = eventOf(JSON.parse(line) as RecordedLine);
    at = Math.max(at, timeOf(event) ?? at);
    return { event, at };
  });
}

/** How the recorded build ended: with an error in line 11 of its Dockerfile. */
export function recordedFailure(name: string): ProgressOutcome {
  const content = readFileSync(join(directory, `${name}.Dockerfile`));
  const error = new PresyncError('BUILD_FAILED', 'The build failed.', { data: { line: 11, endLine: 11 } });
  return { ok: false, error, dockerfile: { name: 'Dockerfile', content } };
}

/** Plays events to a renderer at the pace at which they came; `pause` runs after each. */
export async function play(
  events: readonly RecordedEvent[],
  renderer: ProgressRenderer,
  clock: FakeClock,
  pause: (index: number) => void = () => {},
): Promise<void> {
  let last = events[0]?.at ?? 0;
  for (const [index, { event, at }] of events.entries()) {
    await clock.advance(at - last);
    last = at;
    renderer.update(event);
    pause(index);
  }
}

function eventOf({ presync, vertexes, logs }: RecordedLine): ProgressEvent {
  if (presync !== undefined) {
    return { type: 'sync', ...presync, timestamp: time(presync['timestamp']) } as ProgressEvent;
  }
  const vertex = vertexes?.[0];
  if (vertex !== undefined) {
    const { started, completed } = vertex;
    const times = { started: started && time(started), completed: completed && time(completed) };
    return { type: 'vertex', cached: false, error: '', ...vertex, ...times } as ProgressEvent;
  }
  const log = logs?.[0] ?? {};
  const data = Buffer.from(String(log['data']), 'base64');
  return { type: 'log', ...log, data, timestamp: time(log['timestamp']) } as unknown as ProgressEvent;
}

/** Date.parse keeps milliseconds; the microseconds behind them are put back. */
function time(text: unknown): number {
  const fraction = /\.(\d+)Z$/.exec(String(text))?.[1] ?? '';
  return Date.parse(String(text)) + Number(fraction.padEnd(6, '0').slice(3)) / 1000;
}

function timeOf(event: ProgressEvent): number | undefined {
  if (event.type === 'vertex' || event.type === 'status') return event.completed ?? event.started;
  return 'timestamp' in event ? event.timestamp : undefined;
}
