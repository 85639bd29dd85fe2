import { moby } from './generated/buildkit.js';
import type { GrpcConnection } from './grpc/client.ts';
import { builderLimits } from './limits.ts';

const { ListWorkersRequest, ListWorkersResponse } = moby.buildkit.v1;

/** moby's executor names it so: builder/builder-next/worker/label/label.go. */
const label = 'org.mobyproject.buildkit.worker.moby.host-gateway-ip';

/** The address by which a RUN step reaches the engine's host; undefined where the engine does not tell. */
export async function findHostGateway(control: GrpcConnection, signal: AbortSignal): Promise<string | undefined> {
  const request = ListWorkersRequest.encode({}).finish();
  const options = { signal, timeoutMs: builderLimits.requestMs };
  const answer = await control.unary('/moby.buildkit.v1.Control/ListWorkers', request, options);
  return ListWorkersResponse.decode(answer).record.find(({ labels }) => labels?.[label])?.labels?.[label];
}
