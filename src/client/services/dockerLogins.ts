/**
 * The user's logins at registries, as `docker login` keeps them in `<config>/config.json`: `credHelpers` names a program
 * for a registry, `credsStore` one for all others, and `auths` holds what no program keeps.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PresyncError, systemErrorCode } from '../../base/errors.ts';
import type { RegistryAccount } from '../../context/registryAccount.ts';
import type { RegistryLogins } from './clientServices.ts';
import { askHelper } from './credentialHelper.ts';

/** Under what name Docker Hub's login is kept, and what BuildKit calls its registry. */
const hubKey = 'https://index.docker.io/v1/';
const hubHosts: readonly string[] = ['docker.io', 'index.docker.io', 'registry-1.docker.io'];

type Config = Readonly<Record<string, unknown>>;

/** The logins of the docker CLI's config directory; undefined when there are none at all. REGISTRY_LOGIN. */
export async function openLogins(configDirectory: string): Promise<RegistryLogins | undefined> {
  const path = join(configDirectory, 'config.json');
  const config = await readConfig(path);
  const helpers = Object.keys(objectOf(config['credHelpers'])).length;
  const auths = Object.keys(objectOf(config['auths'])).length;
  if (helpers === 0 && auths === 0 && !config['credsStore']) return undefined;
  // Read anew each time: a login may be made while the build runs.
  return { account: async (host) => accountOf(await readConfig(path), host) };
}

async function accountOf(config: Config, host: string): Promise<RegistryAccount | undefined> {
  const key = hubHosts.includes(host) ? hubKey : host;
  const helper = ownValue(objectOf(config['credHelpers']), key) ?? config['credsStore'];
  if (typeof helper === 'string' && helper !== '') return askHelper(helper, key);
  return decodeEntry(entryOf(objectOf(config['auths']), key), key);
}

/** Keys may be hosts, or URLs of them. */
function entryOf(auths: Config, key: string): Config | undefined {
  const exact = ownValue(auths, key);
  const name = exact !== undefined ? key : Object.keys(auths).find((url) => hostOf(url) === hostOf(key));
  return name === undefined ? undefined : objectOf(auths[name]);
}

function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/.*$/s, '');
}

function decodeEntry(entry: Config | undefined, key: string): RegistryAccount | undefined {
  if (entry === undefined) return undefined;
  const { auth, username, password, identitytoken } = entry;
  if (typeof identitytoken === 'string' && identitytoken !== '') return { name: '', secret: identitytoken };
  if (typeof auth === 'string' && auth !== '') {
    const text = Buffer.from(auth, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    if (colon < 0) throw unusable(`The login for ${key} cannot be read.`, `Log in again: docker login ${hostOf(key)}.`);
    // Go pads the decoded text with NULs in old versions.
    return { name: text.slice(0, colon), secret: text.slice(colon + 1).replace(/\0+$/, '') };
  }
  return typeof username === 'string' && typeof password === 'string'
    ? { name: username, secret: password }
    : undefined;
}

async function readConfig(path: string): Promise<Config> {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    if (systemErrorCode(thrown) === 'ENOENT') return '{}';
    throw unusable(`${path} cannot be read (${systemErrorCode(thrown)}).`, 'Make it readable.', thrown);
  });
  try {
    return objectOf(JSON.parse(text));
  } catch (thrown) {
    // Not the cause itself: its message would quote the file.
    throw unusable(`${path} is no JSON.`, 'Repair it, or log in again with docker login.', systemErrorCode(thrown));
  }
}

function objectOf(value: unknown): Config {
  return typeof value === 'object' && value !== null ? (value as Config) : {};
}

function ownValue(object: Config, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function unusable(message: string, hint: string, cause?: unknown): PresyncError {
  return new PresyncError('REGISTRY_LOGIN', message, { hint, cause });
}
