/**
 * What a build may need of whoever ordered it. Everything is asked for when a step wants it, and nothing is kept: a
 * secret is in memory for as long as it takes to pass it on.
 */
import type { PresyncError } from '../../base/errors.ts';
import type { RegistryAccount } from '../../context/registryAccount.ts';
import type { Methods } from '../grpc/server.ts';
import { registryAuth } from './registryAuth.ts';
import { secrets } from './secrets.ts';
import { sshForward } from './sshForward.ts';
import { upload } from './upload.ts';

/** Undefined services are not offered to the engine at all. */
export interface BuildServices {
  readonly secrets: SecretSource | undefined;
  readonly agents: AgentSource | undefined;
  readonly registries: RegistrySource | undefined;
  readonly outputs: OutputSink | undefined;
  readonly archive: ArchiveSource | undefined;
}

export interface SecretSource {
  /** Undefined: there is no secret of that id. */
  secret(id: string, signal: AbortSignal): Promise<Uint8Array | undefined>;
}

export interface RegistrySource {
  /** Undefined: no account is known for that host. */
  account(host: string, signal: AbortSignal): Promise<RegistryAccount | undefined>;
}

export interface AgentSource {
  hasAgent(id: string, signal: AbortSignal): Promise<boolean>;
  /** Undefined: there is no ssh agent of that id. */
  connect(id: string, signal: AbortSignal): Promise<ByteChannel | undefined>;
}

export interface OutputSink {
  /**
   * Where the result goes that is the `index`th output of the build: a channel whose other direction ends when all that
   * was written is in its place.
   */
  open(index: number, signal: AbortSignal): Promise<ByteChannel>;
}

export interface ArchiveSource {
  /** The archive that is the build's context, from its beginning: what the channel carries to its end. */
  open(signal: AbortSignal): Promise<ByteChannel>;
}

/** Bytes both ways; either direction ends by itself. */
export interface ByteChannel {
  write(bytes: Uint8Array): Promise<void>;
  end(): Promise<void>;
  read(): AsyncIterable<Uint8Array>;
  /** Ends both directions. */
  fail(why: PresyncError): Promise<void>;
}

/** The methods of a session that serves them. */
export function serviceMethods(services: BuildServices): Methods {
  return new Map([
    ...(services.secrets === undefined ? [] : secrets(services.secrets)),
    ...(services.agents === undefined ? [] : sshForward(services.agents)),
    ...(services.registries === undefined ? [] : registryAuth(services.registries)),
    ...(services.archive === undefined ? [] : upload(services.archive)),
  ]);
}
