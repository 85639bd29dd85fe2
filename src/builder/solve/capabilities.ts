/** What a build asks for and its engine would pass over in silence, or fail at in words that help nobody. */
import { PresyncError } from '../../base/errors.ts';
import type { BuildRequest } from '../../context/buildRequest.ts';
import type { BuildSettings } from '../../context/buildSettings.ts';
import { usualSettings } from '../../context/buildSettings.ts';
import type { EngineInfo } from '../engineInfo.ts';
import { olderThan } from '../engineInfo.ts';
import type { ResultStore } from './exporter.ts';

/** The Engine API of Docker 23, whose BuildKit knows the conditions of RUN steps. */
const conditionsApi = '1.42';

interface Asked {
  readonly flag: string;
  readonly asked: (settings: BuildSettings) => boolean;
}

const ofNewerEngines: readonly Asked[] = [
  { flag: '--ulimit', asked: ({ ulimits }) => ulimits.length > 0 },
  { flag: '--shm-size', asked: ({ shmBytes }) => shmBytes > 0 },
  { flag: '--cgroup-parent', asked: ({ cgroupParent }) => cgroupParent !== '' },
];

/** Docker's own image store holds one image of one platform, and nothing about it. */
const ofOtherStores: readonly Asked[] = [
  { flag: '--attest', asked: ({ attests }) => attests.size > 0 },
  { flag: '--platform with several platforms', asked: ({ platforms }) => platforms.length > 1 },
  { flag: '--cache-to', asked: ({ cacheTo }) => cacheTo.some(({ type }) => type !== 'inline') },
];

/** BUILDER_UNSUPPORTED with the flag and what to do instead. `named`: it has further contexts. */
export function checkCapabilities(
  { settings = usualSettings, dockerfile, remote }: BuildRequest,
  info: EngineInfo,
  store: ResultStore,
  named = false,
): void {
  if ((named || settings.contexts.size > 0) && lacksContexts(info, dockerfile)) {
    throw unsupported(`--build-context is not known to Docker ${info.version}`, 'use Docker 23 or newer.');
  }
  if (info.kind === 'docker' && olderThan(info.apiVersion, conditionsApi)) {
    const form = newerForm(remote?.url ?? '');
    if (form !== undefined)
      throw unsupported(`${form} is not known to Docker ${info.version}`, 'use Docker 23 or newer.');
    for (const { flag, asked } of ofNewerEngines) {
      if (asked(settings))
        throw unsupported(`${flag} is not known to Docker ${info.version}`, 'use Docker 23 or newer.');
    }
  }
  if (store !== 'docker') return;
  for (const { flag, asked } of ofOtherStores) {
    if (!asked(settings)) continue;
    const hint = 'turn on the containerd image store of the engine (Docker 25 or newer).';
    throw unsupported(`${flag} needs more than this engine's image store can do`, hint);
  }
}

function unsupported(what: string, instead: string): PresyncError {
  return new PresyncError('BUILDER_UNSUPPORTED', `${what}.`, { hint: `Leave it out, or ${instead}` });
}

/** What BuildKit 0.8 takes for something else in the address of a git repository. */
function newerForm(url: string): string | undefined {
  if (/^ssh:|^(?!git@)[^/]+@/i.test(url)) return 'A repository at ssh://, or of another user than "git",';
  return /#[^:]*:./.test(url) ? 'A folder of a repository ("#REF:FOLDER")' : undefined;
}

/** Its own frontend takes the name for that of an image; one that a `# syntax=` line names may know better. */
function lacksContexts({ kind, apiVersion }: EngineInfo, { content }: BuildRequest['dockerfile']): boolean {
  const text = Buffer.from(content.subarray(0, 4096)).toString();
  return kind === 'docker' && olderThan(apiVersion, conditionsApi) && !/^#\s*syntax\s*=/im.test(text);
}
