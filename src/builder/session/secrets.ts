/** `moby.buildkit.secrets.v1.Secrets`: what `RUN --mount=type=secret` mounts. */
import { session } from '../generated/buildkit.js';
import { frame } from '../grpc/framing.ts';
import { singleMessage } from '../grpc/messages.ts';
import type { MethodHandler, Methods } from '../grpc/server.ts';
import { CallError } from '../grpc/server.ts';
import { grpcCodes } from '../grpc/status.ts';
import type { SecretSource } from './buildServices.ts';

const { GetSecretRequest, GetSecretResponse } = session;

export function secrets(source: SecretSource): Methods {
  const getSecret: MethodHandler = async (call) => {
    const { id } = GetSecretRequest.decode(await singleMessage(call.messages));
    const data = await source.secret(id, call.signal);
    // NOT_FOUND is what lets a step go on whose secret is not required.
    if (data === undefined) throw new CallError(grpcCodes.notFound, `There is no secret "${id}".`);
    await call.write(frame(GetSecretResponse.encode({ data }).finish()));
  };
  return new Map([['/moby.buildkit.secrets.v1.Secrets/GetSecret', getSecret]]);
}
