import type { Environment } from './environment.ts';
import { LocalContext } from './localContext.ts';

/** A folder of this machine as a context, see `LocalContext.open`. `dockerfile`: its absolute path; undefined for none. */
export async function openLocalContext(
  env: Environment,
  folder: string,
  dockerfile: string | undefined,
): Promise<LocalContext> {
  const { cacheDirectory, neededDirectory, ownDirectories, prover, scouts, cutters } = env;
  const places = { cacheDirectory, neededDirectory, ownDirectories, prover, scouts, cutters };
  return LocalContext.open({ folder, dockerfile, installation: await env.installation(), ...places });
}
