import { expect, it, test } from 'vitest';
import { localContexts, remoteContexts } from '../../../../src/cli/settings/buildContexts.ts';

it('are folders, or what the builder gets itself', () => {
  const flags = [
    'lib=../lib',
    'base=docker-image://a:1',
    'src=https://example.com/a.git#v1',
    'x=git@host:a.git',
    'y=.',
  ];
  expect([...localContexts(flags)]).toEqual([
    ['lib', '../lib'],
    ['y', '.'],
  ]);
  expect([...remoteContexts(flags).keys()]).toEqual(['base', 'src', 'x']);
});

test.each([
  ['Alpine', 'alpine'],
  ['alpine:latest', 'alpine'],
  ['alpine:3', 'alpine:3'],
  ['docker.io/library/alpine', 'alpine'],
  ['docker.io/me/app', 'me/app'],
])('the name %s is looked up as %s', (name, plain) => {
  expect([...localContexts([`${name}=x`]).keys()]).toEqual([plain]);
});

test.each([
  ['x', 'USAGE'],
  ['=x', 'USAGE'],
  ['x=', 'USAGE'],
  ['x=oci-layout://y', 'BUILDER_UNSUPPORTED'],
  ['x=target:y', 'BUILDER_UNSUPPORTED'],
])('%s is refused', (flag, code) => {
  expect(() => remoteContexts([flag])).toThrow(expect.objectContaining({ code }));
});
