import { PresyncError } from '../../base/errors.ts';
import type { CachePlace } from '../../context/buildSettings.ts';
import { badField, parseFieldMap } from '../../context/fieldList.ts';

/** `type=registry,ref=REPOSITORY`, or just the repository. USAGE, BUILDER_UNSUPPORTED. */
export function parseCachePlace(flag: string, text: string): CachePlace {
  if (!text.includes('=') && text !== '') return { type: 'registry', attributes: new Map([['ref', text]]) };
  const attributes = parseFieldMap(text, flag);
  const type = attributes.get('type');
  if (type === undefined || type === '') throw badField(flag, text, 'it has no type', 'Write type=registry,ref=NAME.');
  attributes.delete('type');
  if (type !== 'local') return { type, attributes };
  throw new PresyncError(
    'BUILDER_UNSUPPORTED',
    `--${flag} type=local: a cache in a folder of this machine is not there.`,
    {
      hint: 'Use type=registry or type=inline. The builder keeps its own cache anyway.',
    },
  );
}
