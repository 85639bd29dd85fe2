import type { pb } from '../generated/buildkit.js';
import { singleOp } from './definition.ts';

/** Before the generation's id among the exclude patterns; as a pattern it excludes nothing that anybody has. */
export const generationPrefix = '.presync-gen-';

export interface ContextSource {
  /** Any text. */
  readonly name: string;
  /** Names BuildKit's disk copy, together with the source's name. */
  readonly sharedKey: string;
  readonly sessionId: string;
  readonly generation: string;
}

/** A build context that the session sends: the source `local://presync-<name>`. */
export function contextSource({ name, sharedKey, sessionId, generation }: ContextSource): pb.Definition.$Properties {
  const attrs = {
    'local.session': sessionId,
    'local.sharedkeyhint': sharedKey,
    'local.excludepatterns': JSON.stringify([generationPrefix + generation]),
  };
  return singleOp(
    { source: { identifier: `local://${sourceName(name)}`, attrs } },
    {
      name: '[internal] load build context',
      caps: ['source.local', 'source.local.sessionid', 'source.local.sharedkeyhint', 'source.local.excludepatterns'],
    },
  );
}

/** What BuildKit calls it: letters that mean nothing in a URL, a header or a filter of `docker system df`. */
export function sourceName(name: string): string {
  return `presync-${name.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 64)}`;
}
