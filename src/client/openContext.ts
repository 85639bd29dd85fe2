import type { ByteString } from '../base/bytes.ts';
import type { Digest } from '../context/digest.ts';
import type { EngineSelector } from '../context/engineSelector.ts';
import { engineEnvironment } from '../context/engineSelector.ts';
import type { Peer } from '../transfer/peer.ts';
import { isElsewhere } from './daemonLauncher.ts';
import type { Environment } from './environment.ts';
import type { NamedContext } from './workspaceContext.ts';

export interface OpenRequest {
  readonly context: Digest;
  /** The folder, for people. */
  readonly label: ByteString;
  readonly role: 'owner' | 'guest';
  /** The owner's secret of this boot, from its private directory; '' when there is none to be seen. */
  readonly nonce: ByteString;
  readonly engine: EngineSelector;
  /** As an owner: whether the last build is run in the background after each change. */
  readonly speculate?: boolean | undefined;
}

/** What the daemon has of a context. */
export interface Held {
  /** Its head; undefined for none. */
  readonly snapshot: Digest | undefined;
  /** What it knows of a push that was cut off. */
  readonly unfinished: Digest | undefined;
}

export interface OpenAnswer extends Held {
  readonly ownership: 'none' | 'yours' | 'other';
}

/** Opens a context on a link: from there on the link may push to it and build from it. */
export function openContext(peer: Peer, request: OpenRequest, signal?: AbortSignal): Promise<OpenAnswer> {
  return peer.converse({ type: 'open', ...request, speculate: request.speculate ?? false }, (exchange) =>
    exchange.expect('opened', { signal }),
  );
}

/** Where a context is built. */
export interface Destination {
  /** A BUILDER; '' for the default. */
  readonly builder: string;
  /** A DAEMON; undefined for the user's own. */
  readonly daemon: string | undefined;
}

/** What this program says when it opens a context. */
export async function openRequest(
  env: Environment,
  context: Pick<NamedContext, 'id' | 'label'>,
  { builder, daemon }: Destination,
): Promise<Omit<OpenRequest, 'role'>> {
  return {
    context: context.id,
    label: context.label,
    nonce: await env.nonce(),
    // Sockets and folders of this machine mean nothing to a daemon elsewhere: it has a builder of its own.
    engine: { spec: builder, env: isElsewhere(daemon) ? {} : engineEnvironment(env.machine.env) },
  };
}
