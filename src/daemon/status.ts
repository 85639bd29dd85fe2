import { toDisplay } from '../base/bytes.ts';
import type { PresyncError } from '../base/errors.ts';
import { formatDigest, hexDigest } from '../context/digest.ts';
import { programVersion, servedVersions } from '../protocol/version.ts';
import type { Store } from '../store/store.ts';
import type { DaemonEndpoint } from '../transfer/daemonEndpoint.ts';
import type { Context, ContextHub } from './contextHub.ts';
import { copyPlace } from './copyMemory.ts';
import type { EnginePool } from './enginePool.ts';
import type { Speculation } from './speculation.ts';

/** What `/presync/v1/status` and `presync status --json` tell. */
export function statusDocument(
  endpoint: DaemonEndpoint,
  hub: ContextHub,
  store: Store,
  engines: EnginePool,
  speculation: Speculation,
) {
  const active = new Map([...hub.all].map((context) => [hexDigest(context.id), context]));
  const stored = store.contexts().filter((summary) => copyPlace(summary) === undefined);
  const { objects, bytes } = store.usage();
  return {
    daemon: { pid: process.pid, version: programVersion, protocols: servedVersions, endpoint: endpoint.label },
    builder: engines.describe(),
    store: { objects, bytes },
    background: speculation.counts,
    contexts: stored.map((summary) => {
      const context = active.get(summary.key);
      return {
        path: context === undefined ? summary.label : toDisplay(context.label),
        snapshot: formatDigest(summary.snapshot),
        files: summary.files,
        bytes: summary.bytes,
        ...liveState(context),
      };
    }),
  };
}

function told({ code, message, hint }: PresyncError) {
  return { code, message, hint };
}

/** Only a context that somebody watches is known to be in sync, and has a builder that is kept ready. */
function liveState(context: Context | undefined) {
  return {
    inSync: context?.owner !== undefined && context.head !== undefined,
    primed: context?.primed !== undefined && context.primed.digest === context.head?.digest,
    problems: context?.problemCount ?? 0,
    ...(context?.owner === undefined || context.problem === undefined ? {} : { failure: told(context.problem) }),
  };
}
