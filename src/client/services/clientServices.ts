import type { Duplex } from 'node:stream';
import type { RegistryAccount } from '../../context/registryAccount.ts';
import type { Archive } from '../archive/spooledArchive.ts';
import type { ResultReceivers } from '../outputs/outputs.ts';

/**
 * What this side answers for while a build runs: only what the user named, and only when a step asks. Undefined parts
 * are not offered at all.
 */
export interface ClientServices {
  /** Names of environment variables that hold secrets of the build: they stay with this process. */
  readonly variables: readonly string[];
  readonly secrets: SecretStore | undefined;
  readonly agents: SshAgents | undefined;
  readonly registries: RegistryLogins | undefined;
  readonly outputs: ResultReceivers | undefined;
  readonly archive: Archive | undefined;
}

export interface SecretStore {
  /** Undefined when there is none of that id. */
  read(id: string): Promise<Uint8Array | undefined>;
}

export interface SshAgents {
  has(id: string): boolean;
  /** A connection that speaks the agent's protocol. */
  connect(id: string): Promise<Duplex>;
}

export interface RegistryLogins {
  /** The account for a registry's host; undefined when the user is not logged in there. */
  account(host: string): Promise<RegistryAccount | undefined>;
}
