/**
 * The docker CLI's contexts: named engines.
 *
 * `<config>/config.json` names the current one. `<config>/contexts/meta/<sha256 hex of the name>/meta.json` holds
 * `{"Endpoints": {"docker": {"Host": "…", "SkipTLSVerify": false}}}`, and its certificates lie in
 * `<config>/contexts/tls/<the same hex>/docker/{ca,cert,key}.pem`.
 */
import { createHash } from 'node:crypto';
import { PresyncError } from '../../base/errors.ts';
import type { TlsFiles } from './engineEndpoint.ts';
import type { EndpointPort } from './endpointPort.ts';

export interface DockerContext {
  /** A URL; '' for the usual place. */
  readonly host: string;
  readonly tls: TlsFiles | undefined;
}

/** The context that `docker context use` chose; undefined for none. */
export async function currentContext(configDir: string, port: EndpointPort): Promise<string | undefined> {
  const path = `${configDir}/config.json`;
  const name = property(await readJson(path, port), 'currentContext');
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** @throws BAD_ENDPOINT when there is no such context, or its file is not one. */
export async function readContext(name: string, configDir: string, port: EndpointPort): Promise<DockerContext> {
  const id = createHash('sha256').update(name).digest('hex');
  const meta = await readJson(`${configDir}/contexts/meta/${id}/meta.json`, port);
  const endpoint = property(property(meta, 'Endpoints'), 'docker');
  if (endpoint === undefined) {
    throw new PresyncError('BAD_ENDPOINT', `There is no docker context "${name}" with an engine.`, {
      hint: 'See `docker context ls`.',
    });
  }
  const host = property(endpoint, 'Host');
  const verify = property(endpoint, 'SkipTLSVerify') !== true;
  const tls = await tlsFiles(`${configDir}/contexts/tls/${id}/docker`, verify, port);
  return { host: typeof host === 'string' ? host : '', tls };
}

/** The certificates in `directory`, or undefined when it has none. */
export async function tlsFiles(directory: string, verify: boolean, port: EndpointPort): Promise<TlsFiles | undefined> {
  const present = async (name: string) => {
    const path = `${directory}/${name}.pem`;
    return (await port.exists(path)) ? path : undefined;
  };
  const [ca, cert, key] = await Promise.all([present('ca'), present('cert'), present('key')]);
  if (ca === undefined && cert === undefined && key === undefined) return undefined;
  return { ca, cert, key, verify };
}

async function readJson(path: string, port: EndpointPort): Promise<unknown> {
  const text = await port.readText(path).catch((cause: unknown) => {
    throw unusable(`${path} cannot be read.`, cause);
  });
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    // Not the cause itself: its message would quote the file, which may hold logins.
    throw unusable(`${path} is no JSON.`);
  }
}

function unusable(message: string, cause?: unknown): PresyncError {
  return new PresyncError('BAD_ENDPOINT', message, { hint: 'Repair it, or name the engine by its URL.', cause });
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
