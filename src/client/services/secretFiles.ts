/** `--secret id=ID[,src=PATH|env=NAME]`, as docker buildx has it. */
import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { escapeControls } from '../../base/bytes.ts';
import { errorMessage, PresyncError, systemErrorCode } from '../../base/errors.ts';
import { badField, parseFieldMap } from '../../context/fieldList.ts';
import { clientLimits } from '../limits.ts';
import type { SecretStore } from './clientServices.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where a secret is. */
export type SecretPlace =
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'variable'; readonly name: string };

/**
 * What the flags name, by id. Without a source the id names an environment variable or else a file, relative to where
 * the command runs. USAGE for a flag that cannot be understood.
 */
export function parseSecrets(flags: readonly string[], env: Env, cwd: string): Map<string, SecretPlace> {
  const places = new Map<string, SecretPlace>();
  for (const flag of flags) {
    const fields = parseFieldMap(flag, 'secret');
    const id = fields.get('id') ?? '';
    if (id === '') throw badField('secret', flag, 'it has no id', 'Write id=NAME,src=FILE or id=NAME,env=VARIABLE.');
    if (places.has(id)) throw badField('secret', flag, `there are two secrets "${id}"`);
    places.set(id, placeOf(id, fields, flag, env, cwd));
  }
  return places;
}

function placeOf(id: string, fields: Map<string, string>, flag: string, env: Env, cwd: string): SecretPlace {
  const { type = '', src, source = src, env: named } = Object.fromEntries(fields) as Partial<Record<string, string>>;
  for (const key of fields.keys()) {
    if (!['id', 'type', 'src', 'source', 'env'].includes(key)) throw badField('secret', flag, `"${key}" is not known`);
  }
  if (type !== '' && type !== 'file' && type !== 'env') throw badField('secret', flag, `there is no type "${type}"`);
  if (source !== undefined && named !== undefined) throw badField('secret', flag, 'it has both a file and a variable');
  const variable = named ?? (type === 'env' ? (source ?? id) : undefined);
  if (variable !== undefined) return { kind: 'variable', name: variable };
  const inferred = source === undefined && type === '' && Object.hasOwn(env, id);
  return inferred ? { kind: 'variable', name: id } : { kind: 'file', path: resolve(cwd, source ?? id) };
}

/** The secrets of these places. SECRET_UNREADABLE now, rather than in the middle of the build, when one is not there. */
export async function openSecrets(places: ReadonlyMap<string, SecretPlace>, env: Env): Promise<SecretStore> {
  for (const [id, place] of places) {
    if (place.kind === 'file') await checkFile(id, place.path);
    else if (env[place.name] === undefined) throw unreadable(id, `there is no environment variable ${place.name}`);
  }
  return {
    async read(id) {
      const place = places.get(id);
      if (place === undefined) return undefined;
      return place.kind === 'file' ? readBounded(id, place.path) : Buffer.from(env[place.name] ?? '', 'utf8');
    },
  };
}

async function checkFile(id: string, path: string): Promise<void> {
  const found = await stat(path).catch((thrown: unknown) => {
    throw unreadable(id, `${path} cannot be read (${systemErrorCode(thrown) ?? errorMessage(thrown)})`, thrown);
  });
  // Reading from a pipe or a device might never end.
  if (!found.isFile()) throw unreadable(id, `${path} is no file`);
  if (found.size > clientLimits.secretBytes) throw tooLarge(id, path);
}

async function readBounded(id: string, path: string): Promise<Uint8Array> {
  await checkFile(id, path);
  try {
    const file = await open(path, 'r');
    try {
      const bytes = Buffer.alloc(clientLimits.secretBytes + 1);
      let size = 0;
      for (;;) {
        const { bytesRead } = await file.read(bytes, size, bytes.length - size);
        size += bytesRead;
        if (size > clientLimits.secretBytes) throw tooLarge(id, path);
        if (bytesRead === 0) return bytes.subarray(0, size);
      }
    } finally {
      await file.close();
    }
  } catch (thrown) {
    if (thrown instanceof PresyncError) throw thrown;
    throw unreadable(id, `${path} cannot be read (${systemErrorCode(thrown) ?? errorMessage(thrown)})`, thrown);
  }
}

function tooLarge(id: string, path: string): PresyncError {
  return unreadable(id, `${path} is larger than ${clientLimits.secretBytes / 1024} KiB`);
}

function unreadable(id: string, why: string, cause?: unknown): PresyncError {
  return new PresyncError('SECRET_UNREADABLE', `The secret "${escapeControls(id)}": ${escapeControls(why)}.`, {
    hint: 'Check what --secret names: id=NAME,src=FILE or id=NAME,env=VARIABLE.',
    cause,
  });
}
