import { escapeControls } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';

/*
 * The grammar of image references (distribution/reference, regexp.go and normalize.go): an optional host, path
 * components of lower-case letters and digits with '.', '_', '__' or dashes between, then a tag. What stands before the
 * first '/' is a host when it has a dot, a colon or a capital, or is "localhost".
 */
const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const host = `(?:${label}(?:\\.${label})*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?`;
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const path = `${component}(?:/${component})*`;
const tag = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';

const hostExpression = new RegExp(`^${host}$`);
const pathAndTag = new RegExp(`^(${path})(?::(${tag}))?$`);

/** Characters of a repository's path, and of a whole reference: nothing longer is even compared. */
const limits = { path: 255, reference: 1024 } as const;

/** What docker takes for an image's id. */
const imageId = /^[0-9a-f]{64}$/;

/** An image name as given to `-t`, with `:latest` where it has no tag. BAD_TAG with what is wrong. */
export function parseTag(text: string): string {
  if (text.length > limits.reference) throw badTag(text, 'Use a shorter name.');
  if (text.includes('@')) throw badTag(text, 'A name to build cannot have a digest: leave out what begins with "@".');
  if (imageId.test(text)) throw badTag(text, 'It looks like an image id: use another name, or add a tag.');
  const [hostName, rest] = splitHost(text);
  const [, name, tagName = 'latest'] = pathAndTag.exec(rest) ?? [];
  if (name === undefined || (hostName !== undefined && !hostExpression.test(hostName))) throw badTag(text, hint(rest));
  if (pathLength(hostName, name) > limits.path) throw badTag(text, 'Use a shorter name.');
  return `${hostName === undefined ? '' : `${hostName}/`}${name}:${tagName}`;
}

/** The parts of a name that is well formed: the registry ('docker.io' when none is named), what comes before the tag, the tag. */
export function splitTag(text: string): { readonly host: string; readonly name: string; readonly tag: string } {
  // A colon before the last slash belongs to a port.
  const colon = text.indexOf(':', text.lastIndexOf('/') + 1);
  const [host = 'docker.io'] = splitHost(text);
  return colon < 0
    ? { host, name: text, tag: 'latest' }
    : { host, name: text.slice(0, colon), tag: text.slice(colon + 1) };
}

function splitHost(text: string): readonly [host: string | undefined, rest: string] {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(0, slash));
  const isHost = first === 'localhost' || /[.:A-Z]/.test(first);
  return isHost ? [first, text.slice(slash + 1)] : [undefined, text];
}

/** Of the path as docker completes it: a lone name without a host is library/name. */
function pathLength(hostName: string | undefined, name: string): number {
  return hostName === undefined && !name.includes('/') ? `library/${name}`.length : name.length;
}

function badTag(text: string, hint: string): PresyncError {
  const shown = text.length <= limits.path ? text : `${text.slice(0, limits.path)}…`;
  return new PresyncError('BAD_TAG', `"${escapeControls(shown)}" is no image name.`, { hint });
}

function hint(rest: string): string {
  const [name = '', tagName] = rest.split(':');
  if (pathAndTag.test(name.toLowerCase()) && name !== name.toLowerCase()) return 'Use lower-case letters in the name.';
  if (tagName !== undefined && pathAndTag.test(name)) {
    return 'A tag has at most 128 letters, digits, "_", "." and "-", and begins with a letter, a digit or "_".';
  }
  return 'Write NAME or NAME:TAG, such as app:1.0 or registry.example.com/team/app.';
}
