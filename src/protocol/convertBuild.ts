/** Wire ⇄ model for build requests and build events. */
import { fromBytes, toBytes } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';
import type { BuildOutput } from '../context/buildOutput.ts';
import { outputTypes } from '../context/buildOutput.ts';
import type { BuildRequest, RemoteContext } from '../context/buildRequest.ts';
import type { EngineEnvironment, EngineSelector } from '../context/engineSelector.ts';
import { engineEnvironment } from '../context/engineSelector.ts';
import { checkPath } from '../context/path.ts';
import type { Proof, Verdict } from '../context/proof.ts';
import type { Sent } from '../context/sent.ts';
import { toDigest } from './convertDigest.ts';
import { toSize } from './convertEntry.ts';
import { settingsFromWire, settingsToWire } from './convertSettings.ts';
import { presync } from './generated/presync.js';
import { limits } from './limits.ts';
import type { BuildDone, ToldEvent, NamedInput } from './message.ts';
import { named } from './wireEnum.ts';

const { v1 } = presync;

export function engineToWire(selector: EngineSelector): presync.v1.Engine.$Properties {
  return { spec: selector.spec, environment: selector.env };
}

export function engineFromWire(wire: presync.v1.Engine.$Properties | null | undefined): EngineSelector {
  // Only the variables that we know: a peer sets no others of the daemon's.
  const env: EngineEnvironment = engineEnvironment(wire?.environment ?? {});
  return { spec: wire?.spec ?? '', env };
}

export function requestToWire(request: BuildRequest): presync.v1.Recipe.$Properties {
  if (request.dockerfile.content.length > limits.dockerfileBytes) {
    throw new PresyncError('LIMIT', `The Dockerfile is larger than ${limits.dockerfileBytes / 1024} KiB.`, {
      hint: 'Move long scripts out of it into files of the context.',
    });
  }
  return {
    dockerfileName: request.dockerfile.name,
    dockerfile: request.dockerfile.content,
    tags: [...request.tags],
    target: request.target ?? '',
    buildArgs: Object.fromEntries(request.buildArgs),
    noCache: request.noCache,
    outputs: request.outputs?.map(outputToWire) ?? [],
    ...(request.settings === undefined ? {} : { settings: settingsToWire(request.settings) }),
    ...(request.remote === undefined ? {} : { remote: remoteToWire(request.remote) }),
  };
}

function outputToWire({ type, attributes, receive }: BuildOutput): presync.v1.Output.$Properties {
  return { type, attributes: Object.fromEntries(attributes), receive };
}

function outputFromWire(wire: presync.v1.Output.$Properties): BuildOutput {
  const type = outputTypes.find((known) => known === wire.type);
  if (type === undefined) throw new PresyncError('PROTOCOL', `A result of a kind "${wire.type}" is not known.`);
  return { type, attributes: new Map(Object.entries(wire.attributes ?? {})), receive: wire.receive ?? false };
}

export function requestFromWire(wire: presync.v1.Recipe.$Properties | null | undefined): BuildRequest {
  if (!wire) throw new PresyncError('PROTOCOL', 'A build without a recipe.');
  return {
    dockerfile: { name: wire.dockerfileName || 'Dockerfile', content: Uint8Array.from(wire.dockerfile ?? []) },
    tags: wire.tags ?? [],
    target: wire.target || undefined,
    buildArgs: new Map(Object.entries(wire.buildArgs ?? {})),
    noCache: wire.noCache ?? false,
    outputs: wire.outputs?.map(outputFromWire) ?? [],
    ...(wire.settings ? { settings: settingsFromWire(wire.settings) } : {}),
    ...(wire.remote ? { remote: remoteFromWire(wire.remote) } : {}),
  };
}

function remoteToWire({ url, dockerfile }: RemoteContext): presync.v1.RemoteContext.$Properties {
  return { url: url ?? '', dockerfile: dockerfile ?? '' };
}

function remoteFromWire({ url, dockerfile }: presync.v1.RemoteContext.$Properties): RemoteContext {
  return { url: url || undefined, dockerfile: dockerfile || undefined };
}

export function inputToWire({ name, context, snapshot }: NamedInput): presync.v1.NamedInput.$Properties {
  return { name, context: toBytes(context), snapshot: toBytes(snapshot) };
}

export function inputFromWire(wire: presync.v1.NamedInput.$Properties): NamedInput {
  return { name: wire.name ?? '', context: toDigest(wire.context), snapshot: toDigest(wire.snapshot) };
}

export function eventToWire(event: ToldEvent): presync.v1.BuildEvent.$Properties {
  switch (event.type) {
    case 'vertex':
      return { vertex: { ...event, started: event.started ?? 0, completed: event.completed ?? 0 } };
    case 'status':
      return { status: { ...event, started: event.started ?? 0, completed: event.completed ?? 0 } };
    case 'log':
      return { log: event };
    case 'warning':
      return { warning: event };
    case 'started':
      return { started: { snapshot: toBytes(event.snapshot) } };
    case 'waiting':
      return { waiting: {} };
  }
}

export function eventFromWire(wire: presync.v1.BuildEvent.$Properties): ToldEvent {
  const { vertex, status, log, warning, started, waiting } = wire;
  if (vertex) {
    return {
      type: 'vertex',
      digest: vertex.digest ?? '',
      name: vertex.name ?? '',
      cached: vertex.cached ?? false,
      started: vertex.started || undefined,
      completed: vertex.completed || undefined,
      error: vertex.error ?? '',
    };
  }
  if (status) {
    return {
      type: 'status',
      vertex: status.vertex ?? '',
      id: status.id ?? '',
      current: status.current ?? 0,
      total: status.total ?? 0,
      started: status.started || undefined,
      completed: status.completed || undefined,
    };
  }
  if (log) {
    const data = Uint8Array.from(log.data ?? []);
    return { type: 'log', vertex: log.vertex ?? '', stream: log.stream ?? 1, data, timestamp: log.timestamp ?? 0 };
  }
  if (warning) {
    return {
      type: 'warning',
      vertex: warning.vertex ?? '',
      message: warning.message ?? '',
      detail: warning.detail ?? '',
      url: warning.url ?? '',
      line: warning.line ?? 0,
    };
  }
  if (started) return { type: 'started', snapshot: toDigest(started.snapshot) };
  if (waiting) return { type: 'waiting' };
  throw new PresyncError('PROTOCOL', 'A build event says nothing.');
}

export function doneToWire(done: BuildDone): presync.v1.BuildDone.$Properties {
  const { imageId, imageBytes, metadata, generation, solveMs, transfer } = done.result;
  return {
    imageId,
    imageBytes,
    metadata: Object.fromEntries(metadata),
    snapshot: toBytes(done.snapshot),
    generation,
    solveMs,
    diffCopies: transfer.diffCopies,
    files: transfer.files,
    bytes: transfer.bytes,
    sent: done.sent,
  };
}

export function doneFromWire(wire: presync.v1.BuildDone.$Properties): BuildDone {
  return {
    type: 'done',
    snapshot: toDigest(wire.snapshot),
    result: {
      imageId: wire.imageId ?? '',
      imageBytes: toSize(wire.imageBytes ?? 0),
      metadata: new Map(Object.entries(wire.metadata ?? {})),
      generation: wire.generation ?? '',
      solveMs: wire.solveMs ?? 0,
      transfer: { diffCopies: wire.diffCopies ?? 0, files: wire.files ?? 0, bytes: toSize(wire.bytes ?? 0) },
    },
    sent: sentFromWire(wire.sent),
  };
}

export function sentFromWire(wire: presync.v1.Sent.$Properties | null | undefined): Sent {
  return { files: wire?.files ?? 0, bytes: toSize(wire?.bytes ?? 0) };
}

export function proofToWire(proof: Proof): presync.v1.Proof.$Properties {
  const { verdict, paths, count, ms } = proof;
  return { verdict: verdictNumbers[verdict], paths: paths.map(toBytes), count, ms };
}

export function proofFromWire(wire: presync.v1.Proof.$Properties): Proof {
  const paths = wire.paths ?? [];
  if (paths.length > limits.pathsPerProof) throw new PresyncError('LIMIT', `${paths.length} paths in a proof.`);
  return {
    verdict: named(verdictNumbers, wire.verdict ?? 0),
    paths: paths.map((path) => checkPath(fromBytes(path))),
    count: wire.count ?? 0,
    ms: wire.ms ?? 0,
  };
}

const verdictNumbers: Readonly<Record<Verdict, number>> = {
  equal: v1.Verdict.VERDICT_EQUAL,
  missed: v1.Verdict.VERDICT_MISSED,
  moved: v1.Verdict.VERDICT_MOVED,
};
