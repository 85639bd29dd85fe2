import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { pb } from '../../../src/builder/generated/buildkit.js';
import { inlineFile } from '../../../src/builder/llb/inlineFile.ts';
import { contextSource } from '../../../src/builder/llb/localSource.ts';

const source = { name: 'My Project/ä', sharedKey: 'key', sessionId: 'session', generation: 'g1' };

/** The one op of a definition, checked to be its result and to be described. */
function onlyOp(definition: pb.Definition.$Properties): { op: pb.Op; metadata: pb.OpMetadata.$Properties } {
  const [encoded, last] = definition.def!;
  const digest = `sha256:${createHash('sha256').update(encoded!).digest('hex')}`;
  expect(pb.Op.decode(last!).inputs).toMatchObject([{ digest }]);
  expect(Object.keys(definition.metadata!)).toEqual([digest]);
  return { op: pb.Op.decode(encoded!), metadata: definition.metadata![digest]! };
}

describe('the context as a graph', () => {
  it('names session, key and generation', () => {
    const { op, metadata } = onlyOp(contextSource(source));
    expect(op.source?.identifier).toBe('local://presync-My-Project-');
    expect(op.source?.attrs).toEqual({
      'local.session': 'session',
      'local.sharedkeyhint': 'key',
      'local.excludepatterns': '[".presync-gen-g1"]',
    });
    expect(metadata.description).toEqual({ 'llb.customname': '[internal] load build context' });
    expect(metadata.caps).toMatchObject({ 'source.local': true, 'source.local.excludepatterns': true });
  });

  it('is the same bytes for the same generation, and others for another', () => {
    const bytes = (generation: string) => pb.Definition.encode(contextSource({ ...source, generation })).finish();
    expect(bytes('g1')).toEqual(bytes('g1'));
    expect(bytes('g1')).not.toEqual(bytes('g2'));
  });
});

describe('the Dockerfile as a graph', () => {
  it('is one file without any input', () => {
    const { op } = onlyOp(inlineFile('app.Dockerfile', Buffer.from('FROM scratch\n')));
    const [action] = op.file!.actions!;
    expect([Number(action!.input), Number(action!.secondaryInput), Number(action!.output)]).toEqual([-1, -1, 0]);
    expect(action!.mkfile).toMatchObject({ path: '/app.Dockerfile', mode: 0o644 });
    expect(Buffer.from(action!.mkfile!.data!).toString()).toBe('FROM scratch\n');
    expect(Number(action!.mkfile!.timestamp)).toBe(-1);
  });
});
