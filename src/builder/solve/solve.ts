/**
 * `Control.Solve` and `Control.Status`.
 *
 * Solve answers when the build ended. Status streams what happens, and ends by itself after the solve of the same ref;
 * an engine holds a Status for a ref that it does not know yet. Resetting the Solve call ends the build at the engine.
 */
import { randomBytes } from 'node:crypto';
import type { BuildEvent } from '../../context/buildEvent.ts';
import { moby } from '../generated/buildkit.js';
import type { GrpcConnection } from '../grpc/client.ts';
import { engineLost, GrpcError } from '../grpc/grpcError.ts';
import { builderLimits } from '../limits.ts';
import { statusEvents } from './statusEvents.ts';

const { SolveRequest, SolveResponse, StatusRequest } = moby.buildkit.v1;

export type SolveOrder = Omit<moby.buildkit.v1.SolveRequest.$Properties, 'ref'>;

export interface SolveWatch {
  readonly onEvent?: (event: BuildEvent) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What the exporter says about its result: 'containerimage.digest' and the like. */
export type ExporterResponse = Readonly<Record<string, string>>;

/** Runs one build. All its events were told when it settles. GrpcError, ENGINE_LOST, CANCELLED. */
export async function solve(
  control: GrpcConnection,
  order: SolveOrder,
  { onEvent, signal }: SolveWatch = {},
): Promise<ExporterResponse> {
  const ref = randomBytes(16).toString('hex');
  const ended = new AbortController();
  // Asked for first, or the build might be over before it arrives.
  const events = onEvent && follow(control, ref, onEvent, ended.signal);
  try {
    const request = SolveRequest.encode({ cache: {}, ...order, ref }).finish();
    const response = await control.unary('/moby.buildkit.v1.Control/Solve', request, { signal });
    return SolveResponse.decode(response).exporterResponse;
  } catch (error) {
    throw sessionWasLost(error) ? engineLost(error) : error;
  } finally {
    const grace = setTimeout(() => ended.abort(), signal?.aborted ? 0 : builderLimits.statusGraceMs);
    await events;
    clearTimeout(grace);
  }
}

/** Tells the events of a build. A status stream that breaks says nothing about the build, so it only ends here. */
async function follow(
  control: GrpcConnection,
  ref: string,
  onEvent: (event: BuildEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const request = StatusRequest.encode({ ref }).finish();
  try {
    for await (const message of control.stream('/moby.buildkit.v1.Control/Status', request, { signal })) {
      for (const event of statusEvents(message)) onEvent(event);
    }
  } catch {
    return;
  }
}

/** The engine forgot our session while we still think it is there, as after a network that was silent for a while. */
function sessionWasLost(error: unknown): boolean {
  return error instanceof GrpcError && /no active session/.test(error.message);
}
