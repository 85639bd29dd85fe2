/**
 * LLB definitions of one vertex.
 *
 * A definition is a list of encoded ops, inputs first. The last one has no operation: its input is the result. An op's
 * digest is the sha256 of its encoding; metadata (a name for people, and what the op asks of the engine) goes by it.
 */
import { createHash } from 'node:crypto';
import { pb } from '../generated/buildkit.js';

export interface OpDescription {
  /** What the user sees as the step's name. */
  readonly name: string;
  /** Engines refuse a graph that needs a capability which they lack. */
  readonly caps: readonly string[];
}

export function singleOp(op: pb.Op.$Properties, { name, caps }: OpDescription): pb.Definition.$Properties {
  const encoded = pb.Op.encode(op).finish();
  const digest = `sha256:${createHash('sha256').update(encoded).digest('hex')}`;
  const result = pb.Op.encode({ inputs: [{ digest, index: 0 }] }).finish();
  const metadata: pb.OpMetadata.$Properties = {
    description: { 'llb.customname': name },
    caps: Object.fromEntries(caps.map((cap) => [cap, true])),
  };
  return { def: [encoded, result], metadata: { [digest]: metadata } };
}
