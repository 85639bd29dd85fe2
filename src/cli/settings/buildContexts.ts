/** `--build-context NAME=SOURCE`: contexts that a Dockerfile knows by name. */
import { PresyncError } from '../../base/errors.ts';
import { badField } from '../../context/fieldList.ts';
import { isRemoteUrl } from '../remoteUrl.ts';

/** Those that are folders, by their names. USAGE, BUILDER_UNSUPPORTED. */
export function localContexts(flags: readonly string[]): ReadonlyMap<string, string> {
  return new Map(flags.map(parseContext).filter(([, source]) => !isRemote(source)));
}

/** Those that the builder gets itself, by their names. USAGE, BUILDER_UNSUPPORTED. */
export function remoteContexts(flags: readonly string[]): ReadonlyMap<string, string> {
  return new Map(flags.map(parseContext).filter(([, source]) => isRemote(source)));
}

/** Whether the builder gets it itself. */
function isRemote(source: string): boolean {
  return source.startsWith('docker-image://') || isRemoteUrl(source);
}

function parseContext(flag: string): [name: string, source: string] {
  const equals = flag.indexOf('=');
  const [name, source] = [flag.slice(0, Math.max(0, equals)), flag.slice(equals + 1)];
  if (name === '' || source === '') {
    throw badField('build-context', flag, 'it is no NAME=SOURCE', 'Write NAME=FOLDER or NAME=docker-image://IMAGE.');
  }
  if (/^(?:oci-layout|target):\/?\/?/.test(source)) {
    throw new PresyncError('BUILDER_UNSUPPORTED', `--build-context ${flag}: such a source is not supported.`, {
      hint: 'Name a folder, docker-image://IMAGE, or the URL of a git repository or of a file.',
    });
  }
  return [plainName(name), source];
}

/** As the frontend looks a name up: without what every image's name is completed with. */
function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^docker\.io\/(?:library\/)?/, '')
    .replace(/:latest$/, '');
}
