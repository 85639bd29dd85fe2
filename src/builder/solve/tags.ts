import { PresyncError } from '../../base/errors.ts';

/**
 * An image name with an optional tag, as distribution's reference grammar has it; no digest, for one cannot be chosen.
 * Most of all no comma: the exporter takes several names joined by commas.
 */
const host =
  '(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\\[[A-Fa-f0-9:]+\\])';
const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const tagPattern = new RegExp(
  `^(?:${host}(?::[0-9]+)?/)?${component}(?:/${component})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$`,
);

const longestName = 255;

/** The very names, if all of them can be used. BAD_TAG names the one that cannot. */
export function checkTags(tags: readonly string[]): readonly string[] {
  for (const tag of tags) {
    if (tag.length <= longestName + 128 && tagPattern.test(tag)) continue;
    throw new PresyncError('BAD_TAG', `"${tag}" is not a valid image name.`, {
      hint: 'Use [HOST[:PORT]/]NAME[:TAG] with a NAME in lower case, such as "app:dev".',
    });
  }
  return tags;
}
