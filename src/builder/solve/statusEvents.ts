import { shortened } from '../../base/shortened.ts';
import type { BuildEvent } from '../../context/buildEvent.ts';
import type { google } from '../generated/buildkit.js';
import { moby } from '../generated/buildkit.js';
import { builderLimits } from '../limits.ts';

const { StatusResponse } = moby.buildkit.v1;

type Timestamp = google.protobuf.Timestamp.$Properties;

const decoder = new TextDecoder();

/** The events in one message of the status stream, steps first. */
export function statusEvents(message: Uint8Array): BuildEvent[] {
  const { vertexes, statuses, logs, warnings } = StatusResponse.decode(message);
  return [
    ...vertexes.map(vertexEvent),
    ...statuses.map(statusEvent),
    ...logs.map(logEvent),
    ...warnings.map(warningEvent),
  ];
}

function vertexEvent(vertex: moby.buildkit.v1.Vertex.$Properties): BuildEvent {
  return {
    type: 'vertex',
    digest: vertex.digest ?? '',
    name: text(vertex.name),
    cached: vertex.cached ?? false,
    started: milliseconds(vertex.started),
    completed: milliseconds(vertex.completed),
    error: text(vertex.error),
  };
}

function statusEvent(status: moby.buildkit.v1.VertexStatus.$Properties): BuildEvent {
  return {
    type: 'status',
    vertex: status.vertex ?? '',
    id: text(status.id),
    current: Number(status.current ?? 0),
    total: Number(status.total ?? 0),
    started: milliseconds(status.started),
    completed: milliseconds(status.completed),
  };
}

function logEvent(log: moby.buildkit.v1.VertexLog.$Properties): BuildEvent {
  return {
    type: 'log',
    vertex: log.vertex ?? '',
    stream: Number(log.stream ?? 0),
    // A copy: the message's buffer is shared with whatever came in the same read.
    data: Uint8Array.from(log.msg ?? []),
    timestamp: milliseconds(log.timestamp) ?? 0,
  };
}

function warningEvent(warning: moby.buildkit.v1.VertexWarning.$Properties): BuildEvent {
  return {
    type: 'warning',
    vertex: warning.vertex ?? '',
    message: text(warning.short),
    detail: bounded((warning.detail ?? []).map(text).join('\n')),
    url: bounded(warning.url ?? ''),
    line: warning.ranges?.[0]?.start?.line ?? 0,
  };
}

function text(bytes: Uint8Array | null | undefined): string {
  return bytes ? bounded(decoder.decode(bytes)) : '';
}

function bounded(words: string): string {
  return shortened(words, builderLimits.eventTextChars);
}

function milliseconds(time: Timestamp | null | undefined): number | undefined {
  return time ? Number(time.seconds ?? 0) * 1000 + (time.nanos ?? 0) / 1e6 : undefined;
}
