import { PresyncError } from '../base/errors.ts';

/*
 * The grammar of image references (distribution/reference): an optional host that has a dot, a port or is "localhost",
 * then path components of lower-case letters and digits with '.', '_', '__' or dashes between, then a tag.
 */
const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const host = `(?:${label}(?:\\.${label})*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?`;
const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const reference = new RegExp(`^((?:${host}/)?${component}(?:/${component})*)(?::([\\w][\\w.-]{0,127}))?$`);

const maxNameLength = 255;

/** An image name as given to `-t`, with `:latest` where it has no tag. BAD_TAG with what is wrong. */
export function parseTag(text: string): string {
  const match = reference.exec(text);
  const [, name, tag = 'latest'] = match ?? [];
  if (name === undefined || name.length > maxNameLength) throw badTag(text);
  return `${name}:${tag}`;
}

function badTag(text: string): PresyncError {
  return new PresyncError('BAD_TAG', `"${text}" is no image name.`, { hint: hintFor(text) });
}

function hintFor(text: string): string {
  if (text.includes('@')) return 'A name to build cannot have a digest.';
  if (text !== text.toLowerCase() && reference.test(text.toLowerCase())) return 'Use lower-case letters.';
  return 'Write NAME or NAME:TAG, such as app:1.0 or team/app.';
}
