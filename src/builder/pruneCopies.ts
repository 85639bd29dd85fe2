import { moby } from './generated/buildkit.js';
import type { GrpcConnection } from './grpc/client.ts';
import { builderLimits } from './limits.ts';
import { sourceName } from './llb/localSource.ts';

const { DiskUsageRequest, DiskUsageResponse, PruneRequest, UsageRecord } = moby.buildkit.v1;

/**
 * Has BuildKit drop its copies of a context, all that it has under that name, unless a build holds one. Resolves to the
 * bytes that they had. GrpcError, ENGINE_LOST, TIMEOUT.
 */
export async function pruneCopies(control: GrpcConnection, contextName: string): Promise<number> {
  const timeoutMs = builderLimits.pruneMs;
  const usage = await control.unary('/moby.buildkit.v1.Control/DiskUsage', DiskUsageRequest.encode({}).finish(), {
    timeoutMs,
  });
  // As BuildKit's source/local describes them. A filter of Prune sees no descriptions, so they are named by their ids.
  const copies = DiskUsageResponse.decode(usage).record.filter(
    ({ description }) => description === `local source for ${sourceName(contextName)}`,
  );
  if (copies.length === 0) return 0;
  const request = PruneRequest.encode({ filter: copies.map(({ id }) => `id=="${id}"`) }).finish();
  let bytes = 0;
  for await (const message of control.stream('/moby.buildkit.v1.Control/Prune', request, { timeoutMs })) {
    bytes += Number(UsageRecord.decode(message).size);
  }
  return bytes;
}
