/** The only bridge between wire messages and the model. What comes in is checked here, and nowhere taken on trust. */
import { fromBytes, toBytes } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';
import {
  answerFromWire,
  answerToWire,
  askFromWire,
  askToWire,
  offerFromWire,
  streamFromWire,
  streamToWire,
} from './convertAsk.ts';
import {
  doneFromWire,
  doneToWire,
  engineFromWire,
  engineToWire,
  eventFromWire,
  eventToWire,
  inputFromWire,
  inputToWire,
  proofFromWire,
  proofToWire,
  requestFromWire,
  requestToWire,
  sentFromWire,
} from './convertBuild.ts';
import { fromOptionalDigest, joinDigests, splitDigests, toDigest, toOptionalDigest } from './convertDigest.ts';
import { changeFromWire, changeToWire, toSize } from './convertEntry.ts';
import { errorFromWire, errorToWire } from './convertError.ts';
import { chunkFromWire, chunkToWire, folderFromWire, folderToWire, packBits, unpackBits } from './convertPush.ts';
import { presync } from './generated/presync.js';
import { limits } from './limits.ts';
import type { Codec, Message, Ownership, Role } from './message.ts';
import type { PackedFrame } from './packing.ts';
import { named } from './wireEnum.ts';

const { v1 } = presync;

type Body = Omit<presync.v1.Envelope.$Properties, 'id'>;

export function toWire(message: Message): Body {
  switch (message.type) {
    case 'hello':
      return {
        hello: {
          versions: [...message.versions],
          program: message.program,
          features: [...message.features],
          codecs: message.codecs.map((codec) => codecNumbers[codec]),
        },
      };
    case 'open':
      return {
        open: {
          context: toBytes(message.context),
          label: toBytes(message.label),
          role: roleNumbers[message.role],
          nonce: toBytes(message.nonce),
          engine: engineToWire(message.engine),
          speculate: message.speculate,
        },
      };
    case 'opened':
      return {
        opened: {
          snapshot: fromOptionalDigest(message.snapshot),
          ownership: ownershipNumbers[message.ownership],
          unfinished: fromOptionalDigest(message.unfinished),
        },
      };
    case 'push':
      return {
        push: {
          context: toBytes(message.context),
          base: fromOptionalDigest(message.base),
          target: toBytes(message.target),
          asOf: message.asOf,
          problems: message.problems,
          compare: message.compare,
        },
      };
    case 'compare':
      return { compare: { folders: message.folders.map(folderToWire) } };
    case 'compared':
      return { compared: { same: packBits(message.same) } };
    case 'changes': {
      const { changes, inline, last } = message;
      return { changes: { changes: changes.map(changeToWire), inline: inline.map(chunkToWire), last } };
    }
    case 'ahead':
      return { ahead: { digests: joinDigests(message.digests) } };
    case 'need':
      return { need: { digests: joinDigests(message.digests) } };
    case 'chunks':
      return { chunks: { chunks: message.chunks.map(chunkToWire) } };
    case 'committed':
      return { committed: { snapshot: toBytes(message.snapshot) } };
    case 'state':
      return {
        state: {
          context: toBytes(message.context),
          snapshot: fromOptionalDigest(message.snapshot),
          primed: fromOptionalDigest(message.primed),
          problem: message.problem ? errorToWire(message.problem) : null,
          owned: message.owned,
        },
      };
    case 'build':
      return {
        build: {
          context: toBytes(message.context),
          snapshot: fromOptionalDigest(message.snapshot),
          recipe: requestToWire(message.request),
          hold: message.hold,
          offer: message.offer,
          inputs: message.inputs?.map(inputToWire) ?? [],
          unproven: message.unproven ?? false,
        },
      };
    case 'events':
      return { events: { events: message.events.map(eventToWire) } };
    case 'done':
      return { done: doneToWire(message) };
    case 'cancel':
      return { cancel: {} };
    case 'release':
      return { release: {} };
    case 'barrier':
      return { barrier: { context: toBytes(message.context), prove: message.prove } };
    case 'reached':
      return { reached: { snapshot: toBytes(message.snapshot), sent: message.sent } };
    case 'proof':
      return { proof: proofToWire(message.proof) };
    case 'ask':
      return { ask: askToWire(message) };
    case 'answer':
      return { answer: answerToWire(message) };
    case 'streamData':
    case 'streamEnd':
    case 'streamCredit':
      return streamToWire(message);
    case 'error':
      return { error: errorToWire(message.error) };
  }
}

export function fromWire(wire: presync.v1.Envelope.$Properties): Message {
  if (wire.hello) {
    const { versions, program, features, codecs } = wire.hello;
    return {
      type: 'hello',
      versions: versions ?? [],
      program: program ?? '',
      features: features ?? [],
      codecs: (codecs ?? []).map(codecName).filter((codec) => codec !== undefined),
    };
  }
  if (wire.open) {
    const { context, label, role, nonce, engine, speculate } = wire.open;
    return {
      type: 'open',
      context: toDigest(context),
      label: fromBytes(label ?? new Uint8Array()),
      role: named(roleNumbers, role ?? 0),
      nonce: fromBytes(nonce ?? new Uint8Array()),
      engine: engineFromWire(engine),
      speculate: speculate ?? false,
    };
  }
  if (wire.opened) {
    const { snapshot, ownership, unfinished } = wire.opened;
    return {
      type: 'opened',
      snapshot: toOptionalDigest(snapshot),
      ownership: named(ownershipNumbers, ownership ?? 0),
      unfinished: toOptionalDigest(unfinished),
    };
  }
  if (wire.push) {
    const { context, base, target, asOf, problems, compare } = wire.push;
    return {
      type: 'push',
      context: toDigest(context),
      base: toOptionalDigest(base),
      target: toDigest(target),
      asOf: toSize(asOf ?? 0),
      problems: problems ?? 0,
      compare: compare ?? false,
    };
  }
  if (wire.compare) return { type: 'compare', folders: (wire.compare.folders ?? []).map(folderFromWire) };
  if (wire.compared) return { type: 'compared', same: unpackBits(wire.compared.same ?? new Uint8Array()) };
  if (wire.changes) {
    const { changes, inline, last } = wire.changes;
    return {
      type: 'changes',
      changes: (changes ?? []).map(changeFromWire),
      inline: (inline ?? []).map(chunkFromWire),
      last: last ?? false,
    };
  }
  if (wire.ahead) {
    return { type: 'ahead', digests: splitDigests(wire.ahead.digests ?? new Uint8Array(), limits.digestsPerNeed) };
  }
  if (wire.need) {
    return { type: 'need', digests: splitDigests(wire.need.digests ?? new Uint8Array(), limits.digestsPerNeed) };
  }
  if (wire.chunks) return { type: 'chunks', chunks: (wire.chunks.chunks ?? []).map(chunkFromWire) };
  if (wire.committed) return { type: 'committed', snapshot: toDigest(wire.committed.snapshot) };
  if (wire.state) {
    const { context, snapshot, primed, problem, owned } = wire.state;
    return {
      type: 'state',
      context: toDigest(context),
      snapshot: toOptionalDigest(snapshot),
      primed: toOptionalDigest(primed),
      problem: problem ? errorFromWire(problem) : undefined,
      owned: owned ?? false,
    };
  }
  if (wire.build) {
    const { context, snapshot, recipe, hold, offer, inputs, unproven } = wire.build;
    return {
      type: 'build',
      context: toDigest(context),
      snapshot: toOptionalDigest(snapshot),
      request: requestFromWire(recipe),
      hold: hold ?? false,
      offer: offerFromWire(offer),
      inputs: inputs?.map(inputFromWire) ?? [],
      unproven: unproven ?? false,
    };
  }
  if (wire.events) return { type: 'events', events: (wire.events.events ?? []).map(eventFromWire) };
  if (wire.done) return doneFromWire(wire.done);
  if (wire.cancel) return { type: 'cancel' };
  if (wire.release) return { type: 'release' };
  if (wire.barrier) {
    return { type: 'barrier', context: toDigest(wire.barrier.context), prove: wire.barrier.prove ?? false };
  }
  if (wire.reached) {
    return { type: 'reached', snapshot: toDigest(wire.reached.snapshot), sent: sentFromWire(wire.reached.sent) };
  }
  if (wire.proof) return { type: 'proof', proof: proofFromWire(wire.proof) };
  if (wire.error) return { type: 'error', error: errorFromWire(wire.error) };
  if (wire.ask) return askFromWire(wire.ask);
  if (wire.answer) return answerFromWire(wire.answer);
  const stream = streamFromWire(wire);
  if (stream !== undefined) return stream;
  throw new PresyncError('PROTOCOL', 'A message of a kind that this version does not know.');
}

export function packedToWire({ codec, size, data }: PackedFrame): presync.v1.Packed.$Properties {
  return { codec: codecNumbers[codec], size, data };
}

export function packedFromWire({ codec, size, data }: presync.v1.Packed.$Properties): PackedFrame {
  return { codec: named(codecNumbers, codec ?? 0), size: size ?? 0, data: data ?? new Uint8Array() };
}

const codecNumbers: Readonly<Record<Codec, number>> = {
  none: v1.Codec.CODEC_NONE,
  deflate: v1.Codec.CODEC_DEFLATE,
  zstd: v1.Codec.CODEC_ZSTD,
};

const roleNumbers: Readonly<Record<Role, number>> = { guest: v1.Role.ROLE_GUEST, owner: v1.Role.ROLE_OWNER };

const ownershipNumbers: Readonly<Record<Ownership, number>> = {
  none: v1.Ownership.OWNERSHIP_NONE,
  yours: v1.Ownership.OWNERSHIP_YOURS,
  other: v1.Ownership.OWNERSHIP_OTHER,
};

/** Undefined for a codec of a later version: a peer offers those, and we do not choose them. */
function codecName(wanted: number): Codec | undefined {
  return (Object.keys(codecNumbers) as Codec[]).find((codec) => codecNumbers[codec] === wanted);
}
