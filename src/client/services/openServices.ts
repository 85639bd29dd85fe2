import { join } from 'node:path';
import type { Disposable } from '../../base/disposable.ts';
import type { Environment } from '../environment.ts';
import type { Archive } from '../archive/spooledArchive.ts';
import type { OutputPlace } from '../outputs/outputSpec.ts';
import { resultReceivers } from '../outputs/outputs.ts';
import { parseAgents } from './agentSpecs.ts';
import type { ClientServices } from './clientServices.ts';
import { openLogins } from './dockerLogins.ts';
import { openSecrets, parseSecrets } from './secretFiles.ts';
import { openAgents } from './sshAgents.ts';

/** What the user named for a build, as typed. */
export interface ServiceOrder {
  /** `--secret`, each. */
  readonly secrets: readonly string[];
  /** `--ssh`, each. */
  readonly agents: readonly string[];
  /** What paths in them are relative to. */
  readonly cwd: string;
  /** Where the outputs of the request go that are sent to this side, by their indices. */
  readonly places: readonly (OutputPlace | undefined)[];
  /** The context, where that is an archive. */
  readonly archive?: Archive | undefined;
}

export const noServiceOrder: ServiceOrder = { secrets: [], agents: [], cwd: '/', places: [] };

/**
 * Makes ready what a build may ask for; agents that were started for it end with the disposal.
 * USAGE, SECRET_UNREADABLE, SSH_AGENT, REGISTRY_LOGIN.
 */
export async function openServices(
  env: Environment,
  order: ServiceOrder,
  warn: (message: string) => void,
): Promise<ClientServices & Disposable> {
  const { machine } = env;
  const secrets = parseSecrets(order.secrets, machine.env, order.cwd);
  const specs = parseAgents(order.agents, order.cwd);
  const registries = await openLogins(machine.env['DOCKER_CONFIG'] || join(machine.home, '.docker'));
  const store = secrets.size > 0 ? await openSecrets(secrets, machine.env) : undefined;
  const places = { env: machine.env, directory: () => env.runDirectory() };
  const agents = specs.length > 0 ? await openAgents(specs, places) : undefined;
  const variables = [...secrets.values()].flatMap((place) => (place.kind === 'variable' ? [place.name] : []));
  const outputs = order.places.some((place) => place !== undefined)
    ? resultReceivers(order.places, { staging: join(env.cacheDirectory, 'outputs'), warn })
    : undefined;
  return {
    variables,
    secrets: store,
    agents,
    registries,
    outputs,
    archive: order.archive,
    dispose: () => agents?.dispose(),
  };
}
