import { escapeControls } from '../../base/bytes.ts';
import { findDockerContexts } from '../../client/dockerContexts.ts';
import type { Environment } from '../../client/environment.ts';
import type { FoundBuilder } from '../link/workerApi.ts';

/** The docker contexts of this machine, as builders to choose from. */
export async function findBuilders(env: Environment): Promise<FoundBuilder[]> {
  const contexts = await findDockerContexts(env.machine);
  return contexts.map(({ name, host, current }) => ({
    spec: `docker-context://${name}`,
    name: escapeControls(name),
    detail: host === '' ? 'the usual socket of this machine' : escapeControls(host),
    current,
  }));
}
