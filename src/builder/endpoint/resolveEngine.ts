import { PresyncError } from '../../base/errors.ts';
import type { EngineEnvironment, EngineSelector } from '../../context/engineSelector.ts';
import { currentContext, readContext, tlsFiles } from './dockerContext.ts';
import type { EngineEndpoint, TlsFiles } from './engineEndpoint.ts';
import type { EndpointPort } from './endpointPort.ts';
import { parseEngineUrl } from './engineUrl.ts';

const contextScheme = 'docker-context://';

/** The CLI's name for "no context": DOCKER_HOST or the usual place. */
const defaultContext = 'default';

/**
 * Which engine is meant. Looks at files only, so the engine need not run.
 *
 * Without a spec: DOCKER_HOST, DOCKER_CONTEXT, the current context of config.json, then the first usual socket that
 * exists. That is the docker CLI's order, with more usual sockets.
 *
 * @throws BAD_ENDPOINT, BUILDER_UNSUPPORTED, ENGINE_NOT_FOUND
 */
export async function resolveEngine(selector: EngineSelector, port: EndpointPort): Promise<EngineEndpoint> {
  const { spec, env } = selector;
  if (spec.startsWith(contextScheme)) return byContext(spec.slice(contextScheme.length), env, port);
  if (spec !== '') return parseEngineUrl(spec, await tlsFromEnv(env, port));
  if (env.DOCKER_HOST) return byHost(env.DOCKER_HOST, env, port);
  const context = env.DOCKER_CONTEXT || (await currentContext(configDir(env, port), port));
  return byContext(context ?? defaultContext, env, port);
}

async function byHost(host: string, env: EngineEnvironment, port: EndpointPort): Promise<EngineEndpoint> {
  return parseEngineUrl(host, await tlsFromEnv(env, port));
}

async function byContext(name: string, env: EngineEnvironment, port: EndpointPort): Promise<EngineEndpoint> {
  if (name === defaultContext) return env.DOCKER_HOST ? byHost(env.DOCKER_HOST, env, port) : usualEndpoint(env, port);
  const { host, tls } = await readContext(name, configDir(env, port), port);
  return host === '' ? usualEndpoint(env, port) : parseEngineUrl(host, tls, `context ${name}`);
}

async function usualEndpoint(env: EngineEnvironment, port: EndpointPort): Promise<EngineEndpoint> {
  for (const url of usualUrls(env, port.platform)) {
    const endpoint = parseEngineUrl(url, undefined);
    if ('path' in endpoint && (await port.exists(endpoint.path))) return endpoint;
  }
  throw engineNotFound('No Docker engine was found on this machine.');
}

/** Where engines listen when nobody says otherwise: system, rootless, Docker Desktop. */
function usualUrls(env: EngineEnvironment, platform: NodeJS.Platform): string[] {
  if (platform === 'win32') return ['npipe:////./pipe/docker_engine', 'npipe:////./pipe/dockerDesktopLinuxEngine'];
  const urls = ['unix:///var/run/docker.sock'];
  if (env.XDG_RUNTIME_DIR) urls.push(`unix://${env.XDG_RUNTIME_DIR}/docker.sock`);
  if (env.HOME)
    urls.push(`unix://${env.HOME}/.docker/run/docker.sock`, `unix://${env.HOME}/.docker/desktop/docker.sock`);
  return urls;
}

/** TLS as the docker CLI has it for DOCKER_HOST: on when DOCKER_TLS_VERIFY is set, certificates from DOCKER_CERT_PATH. */
async function tlsFromEnv(env: EngineEnvironment, port: EndpointPort): Promise<TlsFiles | undefined> {
  if (!env.DOCKER_TLS_VERIFY) return undefined;
  const directory = env.DOCKER_CERT_PATH || configDir(env, port);
  const files = await tlsFiles(directory, true, port);
  return files ?? { ca: undefined, cert: undefined, key: undefined, verify: true };
}

function configDir(env: EngineEnvironment, { platform }: EndpointPort): string {
  const home = platform === 'win32' ? env.USERPROFILE : env.HOME;
  return env.DOCKER_CONFIG || `${home ?? ''}/.docker`;
}

/** Nothing is there: what to do about it. */
export function engineNotFound(message: string, cause?: unknown): PresyncError {
  return new PresyncError('ENGINE_NOT_FOUND', message, {
    hint: 'Install Docker (https://docs.docker.com/get-docker/), start it, or name its socket with DOCKER_HOST or --builder.',
    cause,
  });
}
