/**
 * The services that every session has. None of them waits for anything: an engine that gets no answer to a health check
 * within 10 s (15 s since BuildKit 0.12) drops the session and with it every build that uses it.
 */
import { session } from '../generated/buildkit.js';
import { frame } from '../grpc/framing.ts';
import type { MethodHandler, Methods } from '../grpc/server.ts';

const { CredentialsResponse, HealthCheckResponse } = session;

const serving = frame(HealthCheckResponse.encode({ status: HealthCheckResponse.ServingStatus.SERVING }).finish());

/**
 * What the docker CLI answers for a registry without a login: an empty account, with which public images can be pulled.
 * The token calls of the same service are not served, and then the engine asks for this.
 */
const noAccount = frame(CredentialsResponse.encode({}).finish());

/** @param onHealthCheck called whenever the engine shows that it still has the session */
export function basicServices(onHealthCheck: () => void): Methods {
  const health: MethodHandler = (call) => {
    onHealthCheck();
    return call.write(serving);
  };
  return new Map<string, MethodHandler>([
    ['/grpc.health.v1.Health/Check', health],
    ['/moby.filesync.v1.Auth/Credentials', (call) => call.write(noAccount)],
  ]);
}
