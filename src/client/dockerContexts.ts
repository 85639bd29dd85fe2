/**
 * The docker CLI's contexts of this machine: `<config>/contexts/meta/<id>/meta.json` holds
 * `{"Name": "…", "Endpoints": {"docker": {"Host": "…"}}}`, and `<config>/config.json` the name of the current one.
 * What is not as it should be is left out: this is a list to choose from.
 */
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Machine } from '../transfer/places.ts';
import { clientLimits } from './limits.ts';

export interface FoundDockerContext {
  readonly name: string;
  /** The engine's URL; '' for the usual place. */
  readonly host: string;
  /** The docker CLI would take it, unless told otherwise. */
  readonly current: boolean;
}

/** The CLI's name for "no context": DOCKER_HOST, or the usual place. */
const defaultName = 'default';

/** The contexts, `default` first and then by name. */
export async function findDockerContexts({ env, home }: Pick<Machine, 'env' | 'home'>): Promise<FoundDockerContext[]> {
  const directory = env['DOCKER_CONFIG'] || join(home, '.docker');
  const { DOCKER_HOST: host = '', DOCKER_CONTEXT: chosen } = env;
  const configured = property(await readJson(join(directory, 'config.json')), 'currentContext');
  const current = host === '' ? chosen || (typeof configured === 'string' && configured) || defaultName : defaultName;
  const named = await readContexts(join(directory, 'contexts', 'meta'));
  const all = [{ name: defaultName, host }, ...named.sort((a, b) => (a.name < b.name ? -1 : 1))];
  return all.map((context) => ({ ...context, current: context.name === current }));
}

async function readContexts(directory: string): Promise<{ name: string; host: string }[]> {
  const ids = await readdir(directory).catch((): string[] => []);
  const read = ids.slice(0, clientLimits.dockerContexts).map((id) => readContext(join(directory, id, 'meta.json')));
  return (await Promise.all(read)).filter((context) => context !== undefined);
}

async function readContext(path: string): Promise<{ name: string; host: string } | undefined> {
  const meta = await readJson(path);
  const name = property(meta, 'Name');
  const endpoint = property(property(meta, 'Endpoints'), 'docker');
  if (typeof name !== 'string' || name === '' || name === defaultName || endpoint === undefined) return undefined;
  const host = property(endpoint, 'Host');
  return { name, host: typeof host === 'string' ? host : '' };
}

/** Undefined for a file that is missing, too large, or no JSON. */
async function readJson(path: string): Promise<unknown> {
  try {
    const file = await open(path);
    try {
      const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(clientLimits.dockerConfigBytes) });
      return JSON.parse(buffer.toString('utf8', 0, bytesRead));
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
