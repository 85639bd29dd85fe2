import { stat } from 'node:fs/promises';
import type { Socket } from 'node:net';
import type { Disposable } from '../../base/disposable.ts';
import { DisposableStore } from '../../base/disposable.ts';
import { errorMessage, PresyncError, systemErrorCode } from '../../base/errors.ts';
import type { AgentSpec } from './agentSpecs.ts';
import { connectSocket } from './agentSocket.ts';
import type { SshAgents } from './clientServices.ts';
import { startKeyAgent } from './keyAgent.ts';

export interface AgentPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Private to the user, for the sockets of agents that are started. */
  directory(): Promise<string>;
}

/** The agents of these specs, until disposal. SSH_AGENT when one is not there or a key cannot be used. */
export async function openAgents(specs: readonly AgentSpec[], places: AgentPlaces): Promise<SshAgents & Disposable> {
  const started = new DisposableStore();
  const sockets = new Map<string, string>();
  try {
    for (const spec of specs) sockets.set(spec.id, await socketOf(spec, places, started));
  } catch (thrown) {
    started.dispose();
    throw thrown;
  }
  return {
    has: (id) => sockets.has(id),
    connect: (id) => connect(sockets.get(id) ?? ''),
    dispose: () => started.dispose(),
  };
}

async function socketOf({ id, paths }: AgentSpec, places: AgentPlaces, started: DisposableStore): Promise<string> {
  const [first] = paths;
  if (first === undefined) {
    const own = places.env['SSH_AUTH_SOCK'];
    if (!own) throw noAgent(`There is no ssh agent for "${id}": SSH_AUTH_SOCK is not set`);
    return listening(own);
  }
  const found = await Promise.all(paths.map((path) => lookAt(path)));
  if (paths.length === 1 && found[0]!.isSocket()) return listening(first);
  if (found.some((one) => !one.isFile())) throw noAgent(`"${id}" names what is neither one socket nor keys`);
  return started.add(await startKeyAgent(paths, await places.directory())).path;
}

function connect(path: string): Promise<Socket> {
  return connectSocket(path).catch((thrown: unknown) => {
    throw noAgent(
      `The ssh agent at ${path} does not answer (${systemErrorCode(thrown) ?? errorMessage(thrown)})`,
      thrown,
    );
  });
}

/** The path, when somebody listens there. */
async function listening(path: string): Promise<string> {
  (await connect(path)).destroy();
  return path;
}

function lookAt(path: string) {
  return stat(path).catch((thrown: unknown) => {
    throw noAgent(`${path} cannot be used (${systemErrorCode(thrown) ?? errorMessage(thrown)})`, thrown);
  });
}

function noAgent(message: string, cause?: unknown): PresyncError {
  return new PresyncError('SSH_AGENT', `${message}.`, {
    hint: 'Start an agent (eval "$(ssh-agent)", ssh-add), or name a socket or a key: --ssh default=PATH.',
    cause,
  });
}
