/**
 * `moby.filesync.v1.Auth`: the account with which the engine asks a registry.
 *
 * Of its methods only Credentials is served. The others would let the client fetch tokens in the engine's place; an
 * engine that finds them unimplemented fetches its tokens itself.
 */
import { session } from '../generated/buildkit.js';
import { frame } from '../grpc/framing.ts';
import { singleMessage } from '../grpc/messages.ts';
import type { MethodHandler, Methods } from '../grpc/server.ts';
import type { RegistrySource } from './buildServices.ts';

const { CredentialsRequest, CredentialsResponse } = session;

export function registryAuth(source: RegistrySource): Methods {
  const credentials: MethodHandler = async (call) => {
    const { host } = CredentialsRequest.decode(await singleMessage(call.messages));
    const account = await source.account(host, call.signal);
    const answer = account === undefined ? {} : { username: account.name, secret: account.secret };
    await call.write(frame(CredentialsResponse.encode(answer).finish()));
  };
  return new Map([['/moby.filesync.v1.Auth/Credentials', credentials]]);
}
