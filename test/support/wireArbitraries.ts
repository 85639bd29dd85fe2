import fc from 'fast-check';
import { fromBytes, fromText } from '../../src/base/bytes.ts';
import { errorCodes, PresyncError } from '../../src/base/errors.ts';
import { outputTypes } from '../../src/context/buildOutput.ts';
import { networkModes } from '../../src/context/buildSettings.ts';
import type { Digest } from '../../src/context/digest.ts';
import { digestFromBytes } from '../../src/context/digest.ts';
import { baseName, pathProblem } from '../../src/context/path.ts';
import type { Message, WireChange } from '../../src/protocol/message.ts';

const bytes = (max: number) => fc.uint8Array({ maxLength: max });
const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const count = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const size = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const time = fc.double({ min: 0, max: 1e14, noNaN: true }).map((value) => value || 0);
const mode = fc.integer({ min: 0, max: 0o7777 });

export const digest: fc.Arbitrary<Digest> = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(digestFromBytes);
const optionalDigest = fc.option(digest, { nil: undefined });

const path = fc
  .uint8Array({ minLength: 1, maxLength: 40 })
  .map(fromBytes)
  .filter((candidate) => pathProblem(candidate) === undefined);

/** The years that BuildKit's nanoseconds can express. */
const mtime = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n });

const chunkList = fc.record({
  digest,
  base: fc.option(path, { nil: undefined }),
  text: fc.oneof(bytes(80), fc.array(digest, { minLength: 1, maxLength: 3 })),
});

const change: fc.Arbitrary<WireChange> = fc.oneof(
  path.map((at) => ({ op: 'remove', path: at }) as const),
  fc
    .record({ path, mode, mtime, size, digest, chunks: fc.option(chunkList, { nil: undefined }) })
    .map(
      ({ path: at, ...file }) =>
        ({ op: 'put', path: at, entry: { kind: 'file', name: baseName(at), ...file } }) as const,
    ),
  fc
    .record({ path, mode, mtime, from: fc.option(path, { nil: undefined }) })
    .map(({ path: at, from, ...directory }) => {
      const put = {
        op: 'put',
        path: at,
        entry: { kind: 'directory', name: baseName(at), ...directory },
      } as const;
      return from === undefined ? put : { ...put, from };
    }),
  fc
    .record({ path, mtime, target: path })
    .map(
      ({ path: at, ...link }) =>
        ({ op: 'put', path: at, entry: { kind: 'symlink', name: baseName(at), ...link } }) as const,
    ),
);

const codec = fc.constantFrom('none', 'deflate', 'zstd');
const chunk = fc.record({ digest, data: bytes(50) });
const sent = fc.record({ files: count, bytes: size });

const error = fc
  .record({ code: fc.constantFrom(...errorCodes), message: text, hint: text, line: count })
  .map(({ code, message, hint, line }) => new PresyncError(code, message, { hint, data: { line } }));

const offer = fc.record({
  secrets: fc.boolean(),
  agents: fc.boolean(),
  registries: fc.boolean(),
  outputs: fc.boolean(),
  archive: fc.boolean(),
});

const question = fc.oneof(
  fc.record({ kind: fc.constant('secret' as const), id: text }),
  fc.record({ kind: fc.constant('registry' as const), host: text }),
  fc.record({ kind: fc.constant('agent' as const), id: text }),
  fc.record({ kind: fc.constant('connect' as const), id: text, stream: count }),
  fc.record({ kind: fc.constant('output' as const), index: count, stream: count }),
  fc.record({ kind: fc.constant('archive' as const), stream: count }),
);

const reply = fc.oneof(
  fc.record({ kind: fc.constant('data' as const), data: bytes(50) }),
  fc.record({ kind: fc.constant('account' as const), account: fc.record({ name: text, secret: text }) }),
  fc.record({ kind: fc.constant('done' as const) }),
  fc.record({ kind: fc.constant('absent' as const) }),
  fc.record({ kind: fc.constant('error' as const), error }),
);

const event = fc.oneof(
  fc.record({
    type: fc.constant('vertex' as const),
    digest: text,
    name: text,
    cached: fc.boolean(),
    started: fc.constant(undefined),
    completed: time.map((value) => value || undefined),
    error: text,
  }),
  fc.record({
    type: fc.constant('status' as const),
    vertex: text,
    id: text,
    current: time,
    total: time,
    started: time.map((value) => value || undefined),
    completed: fc.constant(undefined),
  }),
  fc.record({ type: fc.constant('log' as const), vertex: text, stream: count, data: bytes(50), timestamp: time }),
  fc.record({
    type: fc.constant('warning' as const),
    vertex: text,
    message: text,
    detail: text,
    url: text,
    line: count,
  }),
  fc.record({ type: fc.constant('started' as const), snapshot: digest }),
  fc.record({ type: fc.constant('waiting' as const) }),
);

const texts = fc.array(text, { maxLength: 3 });
const textMap = fc.array(fc.tuple(text, text), { maxLength: 4 }).map((pairs) => new Map(pairs));
const cachePlaces = fc.array(fc.record({ type: text, attributes: textMap }), { maxLength: 2 });

const someText = fc.option(
  text.filter((name) => name !== ''),
  { nil: undefined },
);

const request = fc.record({
  dockerfile: fc.record({ name: text.filter((name) => name !== ''), content: bytes(100) }),
  tags: fc.array(text, { maxLength: 3 }),
  target: someText,
  buildArgs: textMap,
  noCache: fc.boolean(),
  outputs: fc.array(
    fc.record({
      type: fc.constantFrom(...outputTypes),
      attributes: textMap,
      receive: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  remote: fc.record({ url: someText, dockerfile: someText }),
  settings: fc.record({
    platforms: texts,
    labels: textMap,
    pull: fc.boolean(),
    noCacheStages: texts,
    network: fc.constantFrom(...networkModes),
    hosts: texts,
    ulimits: texts,
    shmBytes: size,
    cgroupParent: text,
    allow: texts,
    cacheFrom: cachePlaces,
    cacheTo: cachePlaces,
    attests: textMap,
    contexts: textMap,
  }),
});

const engine = fc.record({
  spec: text,
  env: fc.record({ DOCKER_HOST: fc.constant('unix:///x'), HOME: fc.constant('/root') }, { requiredKeys: [] }),
});

const proof = fc.record({
  verdict: fc.constantFrom('equal', 'missed', 'moved'),
  paths: fc.array(path, { maxLength: 5 }),
  count,
  ms: time,
});
const eightLess: readonly boolean[] = [false, true, false, true, true, false, false];

/** Every kind of message, as a program of ours would send it. */
export const messages: Readonly<Record<Message['type'], fc.Arbitrary<Message>>> = {
  hello: fc.record({
    type: fc.constant('hello'),
    versions: fc.array(count, { maxLength: 4 }),
    program: text,
    features: fc.array(text, { maxLength: 3 }),
    codecs: fc.array(codec, { maxLength: 3 }),
  }),
  open: fc.record({
    type: fc.constant('open'),
    context: digest,
    label: text.map(fromText),
    role: fc.constantFrom('owner', 'guest'),
    nonce: bytes(32).map(fromBytes),
    engine,
    speculate: fc.boolean(),
  }),
  opened: fc.record({
    type: fc.constant('opened'),
    snapshot: optionalDigest,
    ownership: fc.constantFrom('none', 'yours', 'other'),
    unfinished: optionalDigest,
  }),
  push: fc.record({
    type: fc.constant('push'),
    context: digest,
    base: optionalDigest,
    target: digest,
    asOf: size,
    problems: count,
    compare: fc.boolean(),
  }),
  compare: fc.record({
    type: fc.constant('compare'),
    folders: fc.array(fc.record({ path, digest }), { maxLength: 5 }),
  }),
  compared: fc.record({
    type: fc.constant('compared'),
    // Whole bytes, as they arrive.
    same: fc.array(fc.boolean(), { maxLength: 4 }).map((bits) => bits.flatMap((bit) => [bit, ...eightLess])),
  }),
  changes: fc.record({
    type: fc.constant('changes'),
    changes: fc.array(change, { maxLength: 5 }),
    inline: fc.array(chunk, { maxLength: 3 }),
    last: fc.boolean(),
  }),
  ahead: fc.record({ type: fc.constant('ahead'), digests: fc.array(digest, { maxLength: 20 }) }),
  need: fc.record({ type: fc.constant('need'), digests: fc.array(digest, { maxLength: 5 }) }),
  chunks: fc.record({ type: fc.constant('chunks'), chunks: fc.array(chunk, { maxLength: 3 }) }),
  committed: fc.record({ type: fc.constant('committed'), snapshot: digest }),
  state: fc.record({
    type: fc.constant('state'),
    context: digest,
    snapshot: optionalDigest,
    primed: optionalDigest,
    problem: fc.option(error, { nil: undefined }),
    owned: fc.boolean(),
  }),
  build: fc.record({
    type: fc.constant('build'),
    context: digest,
    snapshot: optionalDigest,
    request,
    hold: fc.boolean(),
    offer,
    inputs: fc.array(fc.record({ name: text, context: digest, snapshot: digest }), { maxLength: 2 }),
    unproven: fc.boolean(),
  }),
  events: fc.record({ type: fc.constant('events'), events: fc.array(event, { maxLength: 5 }) }),
  done: fc.record({
    type: fc.constant('done'),
    snapshot: digest,
    result: fc.record({
      imageId: text,
      imageBytes: size,
      metadata: textMap,
      generation: text,
      solveMs: time,
      transfer: fc.record({ diffCopies: count, files: count, bytes: size }),
    }),
    sent,
  }),
  cancel: fc.constant({ type: 'cancel' }),
  release: fc.constant({ type: 'release' }),
  barrier: fc.record({ type: fc.constant('barrier'), context: digest, prove: fc.boolean() }),
  reached: fc.record({ type: fc.constant('reached'), snapshot: digest, sent }),
  proof: fc.record({ type: fc.constant('proof'), proof }),
  ask: fc.record({ type: fc.constant('ask'), call: count, question }),
  answer: fc.record({ type: fc.constant('answer'), call: count, reply }),
  streamData: fc.record({ type: fc.constant('streamData'), stream: count, data: bytes(50) }),
  streamEnd: fc.record({
    type: fc.constant('streamEnd'),
    stream: count,
    error: fc.option(error, { nil: undefined }),
  }),
  streamCredit: fc.record({ type: fc.constant('streamCredit'), stream: count, bytes: count }),
  error: fc.record({ type: fc.constant('error'), error }),
};
