/**
 * A build description in the words of the Dockerfile frontend (BuildKit's frontend/dockerui/config.go and attr.go; its
 * clients build the same lists).
 */
import { PresyncError } from '../../base/errors.ts';
import type { BuildRequest } from '../../context/buildRequest.ts';
import type { CachePlace } from '../../context/buildSettings.ts';
import { usualSettings } from '../../context/buildSettings.ts';

/** Stands for the address by which a step reaches the engine's host. */
export const hostGateway = 'host-gateway';

/** The input of a solve that is the context of that name. */
export function inputName(context: string): string {
  return `presync-${context}`;
}

/**
 * `gateway` is what `host-gateway` means to this engine; undefined where that is not known. `inputs` are the names of
 * contexts that are given as graphs. DOCKERFILE_INVALID, BUILDER_UNSUPPORTED.
 */
export function frontendAttrs(
  request: BuildRequest,
  gateway?: string,
  inputs: readonly string[] = [],
): Record<string, string> {
  const { dockerfile, target, buildArgs, noCache, settings = usualSettings } = request;
  if (dockerfile.name === '' || /[/\0]/.test(dockerfile.name)) {
    throw new PresyncError('DOCKERFILE_INVALID', `"${dockerfile.name}" is not a file name for a Dockerfile.`);
  }
  const attrs: Record<string, string> = { filename: dockerfile.name };
  if (target !== undefined && target !== '') attrs['target'] = target;
  if (noCache)
    attrs['no-cache'] = ''; // '' means every stage
  else if (settings.noCacheStages.length > 0) attrs['no-cache'] = settings.noCacheStages.join(',');
  if (settings.platforms.length > 0) attrs['platform'] = settings.platforms.join(',');
  if (settings.pull) attrs['image-resolve-mode'] = 'pull';
  if (settings.network !== 'default') attrs['force-network-mode'] = settings.network;
  if (settings.hosts.length > 0)
    attrs['add-hosts'] = settings.hosts.map((host) => withGateway(host, gateway)).join(',');
  if (settings.ulimits.length > 0) attrs['ulimit'] = settings.ulimits.join(',');
  if (settings.shmBytes > 0) attrs['shm-size'] = String(settings.shmBytes);
  if (settings.cgroupParent !== '') attrs['cgroup-parent'] = settings.cgroupParent;
  if (settings.cacheFrom.length > 0) attrs['cache-imports'] = cacheImports(settings.cacheFrom);
  for (const [name, value] of buildArgs) attrs[`build-arg:${name}`] = value;
  for (const [name, value] of settings.labels) attrs[`label:${name}`] = value;
  for (const [name, source] of settings.contexts) attrs[`context:${name}`] = source;
  for (const name of inputs) attrs[`context:${name}`] = `input:${inputName(name)}`;
  if (settings.contexts.size + inputs.length > 0) attrs['frontend.caps'] = 'moby.buildkit.frontend.contexts+forward';
  for (const [type, parameters] of settings.attests) attrs[`attest:${type}`] = parameters;
  return attrs;
}

/** Also told here, since it is the frontend that solves steps: as the JSON of BuildKit's CacheOptionsEntry. */
function cacheImports(places: readonly CachePlace[]): string {
  return JSON.stringify(places.map(({ type, attributes }) => ({ Type: type, Attrs: Object.fromEntries(attributes) })));
}

function withGateway(host: string, gateway: string | undefined): string {
  if (!host.endsWith(`=${hostGateway}`)) return host;
  if (gateway !== undefined) return host.replace(hostGateway, gateway);
  throw new PresyncError('BUILDER_UNSUPPORTED', 'This builder does not tell the address of its host.', {
    hint: `Write the address in the place of "${hostGateway}", such as that of its docker0 interface.`,
  });
}
