/** Wire ⇄ model for what a build asks of its client, and for the streams inside an exchange. */
import { PresyncError } from '../base/errors.ts';
import { errorFromWire, errorToWire } from './convertError.ts';
import type { presync } from './generated/presync.js';
import { limits } from './limits.ts';
import type { Answer, Ask, Offer, Question, Reply, StreamMessage } from './message.ts';

export function offerFromWire(wire: presync.v1.Offer.$Properties | null | undefined): Offer {
  return {
    secrets: wire?.secrets ?? false,
    agents: wire?.agents ?? false,
    registries: wire?.registries ?? false,
    outputs: wire?.outputs ?? false,
    archive: wire?.archive ?? false,
  };
}

export function askToWire({ call, question }: Ask): presync.v1.Ask.$Properties {
  switch (question.kind) {
    case 'secret':
      return { call, secret: question.id };
    case 'registry':
      return { call, registry: question.host };
    case 'agent':
      return { call, agent: question.id };
    case 'connect':
      return { call, connect: { agent: question.id, stream: question.stream } };
    case 'output':
      return { call, output: { index: question.index, stream: question.stream } };
    case 'archive':
      return { call, archive: { stream: question.stream } };
  }
}

export function askFromWire(wire: presync.v1.Ask.$Properties): Ask {
  return { type: 'ask', call: wire.call ?? 0, question: questionFromWire(wire) };
}

function questionFromWire({ secret, registry, agent, connect, output, archive }: presync.v1.Ask.$Properties): Question {
  if (typeof secret === 'string') return { kind: 'secret', id: secret };
  if (typeof registry === 'string') return { kind: 'registry', host: registry };
  if (typeof agent === 'string') return { kind: 'agent', id: agent };
  if (connect) return { kind: 'connect', id: connect.agent ?? '', stream: connect.stream ?? 0 };
  if (output) return { kind: 'output', index: output.index ?? 0, stream: output.stream ?? 0 };
  if (archive) return { kind: 'archive', stream: archive.stream ?? 0 };
  throw new PresyncError('PROTOCOL', 'A question of a kind that this version does not know.');
}

export function answerToWire({ call, reply }: Answer): presync.v1.Answer.$Properties {
  switch (reply.kind) {
    case 'data':
      return { call, data: reply.data };
    case 'account':
      return { call, account: reply.account };
    case 'done':
      return { call, done: {} };
    case 'absent':
      return { call, absent: {} };
    case 'error':
      return { call, error: errorToWire(reply.error) };
  }
}

export function answerFromWire(wire: presync.v1.Answer.$Properties): Answer {
  return { type: 'answer', call: wire.call ?? 0, reply: replyFromWire(wire) };
}

function replyFromWire({ data, account, done, absent, error }: presync.v1.Answer.$Properties): Reply {
  if (data) return { kind: 'data', data: Uint8Array.from(data) };
  if (account) return { kind: 'account', account: { name: account.name ?? '', secret: account.secret ?? '' } };
  if (done) return { kind: 'done' };
  if (absent) return { kind: 'absent' };
  if (error) return { kind: 'error', error: errorFromWire(error) };
  throw new PresyncError('PROTOCOL', 'An answer that says nothing.');
}

type StreamBody = Pick<presync.v1.Envelope.$Properties, 'streamData' | 'streamEnd' | 'streamCredit'>;

export function streamToWire(message: StreamMessage): StreamBody {
  const { stream } = message;
  switch (message.type) {
    case 'streamData':
      return { streamData: { stream, data: message.data } };
    case 'streamEnd':
      return { streamEnd: { stream, error: message.error ? errorToWire(message.error) : null } };
    case 'streamCredit':
      return { streamCredit: { stream, bytes: message.bytes } };
  }
}

/** Undefined when it is none of a stream. */
export function streamFromWire({ streamData, streamEnd, streamCredit }: StreamBody): StreamMessage | undefined {
  if (streamData) {
    const data = streamData.data ?? new Uint8Array();
    if (data.length > limits.streamPieceBytes) {
      throw new PresyncError('LIMIT', `A piece of ${data.length} bytes is too large for a stream.`);
    }
    // A copy: what is kept must not keep the whole frame.
    return { type: 'streamData', stream: streamData.stream ?? 0, data: Uint8Array.from(data) };
  }
  if (streamEnd) {
    const error = streamEnd.error ? errorFromWire(streamEnd.error) : undefined;
    return { type: 'streamEnd', stream: streamEnd.stream ?? 0, error };
  }
  if (streamCredit) {
    return { type: 'streamCredit', stream: streamCredit.stream ?? 0, bytes: streamCredit.bytes ?? 0 };
  }
  return undefined;
}
