/** Set by esbuild's `--protocol N`, with which tests build programs of another age. */
declare const PRESYNC_PROTOCOL: number;
declare const PRESYNC_VERSION: string;

/** The protocol version of this build. A client speaks it alone; a daemon also serves the one before. */
export const protocolVersion = typeof PRESYNC_PROTOCOL === 'undefined' ? 1 : PRESYNC_PROTOCOL;

/** What a daemon of this build serves, best first. */
export const servedVersions: readonly number[] =
  protocolVersion > 1 ? [protocolVersion, protocolVersion - 1] : [protocolVersion];

/** The program's version, for people and logs. */
export const programVersion = typeof PRESYNC_VERSION === 'undefined' ? '0.0.0' : PRESYNC_VERSION;

export const subprotocol = 'presync.v1';

/** Everything of ours is below it. */
export const ownPrefix = '/presync/';

/** What the daemon's HTTP surface answers at. */
export const routes = {
  sync: '/presync/v1/sync',
  status: '/presync/v1/status',
  drain: '/presync/v1/drain',
  gc: '/presync/v1/gc',
  verify: '/presync/v1/verify',
} as const;
