/** `--output`, `--push` and `--load`, as docker buildx has them. */
import { resolve } from 'node:path';
import type { BuildOutput, OutputType } from '../../context/buildOutput.ts';
import { badField, parseFields } from '../../context/fieldList.ts';

/** Where a result goes on this machine. */
export type OutputPlace =
  | { readonly kind: 'folder'; readonly path: string; readonly clear: boolean }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'stdout' };

export interface OutputSpec {
  readonly output: BuildOutput;
  /** Undefined for what is not sent here. */
  readonly place: OutputPlace | undefined;
}

export interface OutputFlags {
  /** `--output`, each as typed. */
  readonly outputs: readonly string[];
  readonly push: boolean;
  readonly load: boolean;
}

/** USAGE for a flag that cannot be understood. None means that nothing was said. */
export function parseOutputs({ outputs, push, load }: OutputFlags, cwd: string): OutputSpec[] {
  const specs = outputs.map((flag) => parseOutput(flag, cwd));
  if (load) specs.push({ output: { type: 'docker', attributes: new Map(), receive: false }, place: undefined });
  if (push) return withPush(specs);
  const toStdout = specs.filter(({ place }) => place?.kind === 'stdout');
  if (toStdout.length > 1) throw badField('output', outputs.join(' '), 'only one result can go to standard output');
  return specs;
}

/** `--push` pushes the image that is made anyway, or makes one. */
function withPush(specs: OutputSpec[]): OutputSpec[] {
  const pushed = (attributes: ReadonlyMap<string, string>): BuildOutput => ({
    type: 'image',
    attributes: new Map([...attributes, ['push', 'true']]),
    receive: false,
  });
  const images = specs.filter(({ output }) => output.type === 'image');
  if (images.length === 0) return [...specs, { output: pushed(new Map()), place: undefined }];
  return specs.map((spec) => (images.includes(spec) ? { ...spec, output: pushed(spec.output.attributes) } : spec));
}

function parseOutput(flag: string, cwd: string): OutputSpec {
  const fields = parseFields(flag, 'output');
  const [only] = fields;
  if (fields.length === 1 && only?.value === undefined) return shorthand(flag, cwd);
  const attributes = new Map<string, string>();
  for (const { key, value } of fields) {
    if (value === undefined || key === '') throw badField('output', flag, `"${key}" is no key=value`);
    if (attributes.has(key)) throw badField('output', flag, `"${key}" comes twice`);
    attributes.set(key, value);
  }
  const type = attributes.get('type') ?? '';
  const dest = attributes.get('dest') ?? attributes.get('destination');
  for (const name of ['type', 'dest', 'destination']) attributes.delete(name);
  return typed(flag, type, dest, attributes, cwd);
}

/** `-o DIR`, and `-o -` for a tar archive on standard output. */
function shorthand(flag: string, cwd: string): OutputSpec {
  if (flag === '') throw badField('output', flag, 'it is empty');
  return flag === '-' ? typed(flag, 'tar', '-', new Map(), cwd) : typed(flag, 'local', flag, new Map(), cwd);
}

function typed(
  flag: string,
  type: string,
  dest: string | undefined,
  attributes: Map<string, string>,
  cwd: string,
): OutputSpec {
  if (dest === '') throw badField('output', flag, 'dest is empty');
  const sent = (as: OutputType, place: OutputPlace): OutputSpec => ({
    output: { type: as, attributes, receive: true },
    place,
  });
  switch (type) {
    case 'local': {
      if (dest === undefined || dest === '-') throw badField('output', flag, 'a folder is needed: dest=FOLDER');
      const mode = attributes.get('mode') ?? 'copy';
      if (mode !== 'copy' && mode !== 'delete') throw badField('output', flag, `there is no mode "${mode}"`);
      attributes.delete('mode');
      return sent('tar', { kind: 'folder', path: resolve(cwd, dest), clear: mode === 'delete' });
    }
    case 'tar':
    case 'oci':
      return sent(type, filePlace(dest ?? '-', cwd));
    case 'docker':
      if (dest !== undefined) return sent(type, filePlace(dest, cwd));
      return { output: { type, attributes, receive: false }, place: undefined };
    case 'image':
    case 'registry':
    case 'cacheonly': {
      if (dest !== undefined) throw badField('output', flag, `type=${type} has no dest`);
      if (type === 'registry') attributes.set('push', 'true');
      const kind = type === 'cacheonly' ? type : 'image';
      return { output: { type: kind, attributes, receive: false }, place: undefined };
    }
    case '':
      throw badField('output', flag, 'it has no type', 'Write type=local,dest=FOLDER, or just a folder.');
    default:
      throw badField(
        'output',
        flag,
        `there is no type "${type}"`,
        'There are local, tar, oci, docker, image, registry.',
      );
  }
}

/** For people. */
export function describePlace(place: OutputPlace): string {
  return place.kind === 'stdout' ? 'standard output' : place.path;
}

function filePlace(dest: string, cwd: string): OutputPlace {
  return dest === '-' ? { kind: 'stdout' } : { kind: 'file', path: resolve(cwd, dest) };
}
