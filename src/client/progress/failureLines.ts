import { escapeControls } from '../../base/bytes.ts';
import type { PresyncError } from '../../base/errors.ts';
import { dockerfilePlace } from './dockerfilePlace.ts';

/**
 * An error as lines for people: `label` and what failed, then the hint.
 *
 * With `dockerfile`, a path as the user would write it, an error in the Dockerfile begins with its place, as in
 * `docker/Dockerfile:3: …`: editors make links of it, and the problem matcher `$presync` reads it.
 */
export function failureLines(error: PresyncError, label: string, dockerfile?: string): string[] {
  const [first = '', ...more] = placedMessage(error, dockerfile).split('\n').map(escapeControls);
  const lines = [`${label}${first}`, ...more.map((line) => `  ${line}`)];
  return error.hint === '' ? lines : [...lines, `  hint: ${escapeControls(error.hint)}`];
}

function placedMessage(error: PresyncError, dockerfile: string | undefined): string {
  const place = dockerfilePlace(error);
  if (dockerfile === undefined || place === undefined) return error.message;
  return `${dockerfile}:${place.line}: ${unplacedMessage(error)}`;
}

/** The message without the place that some begin with: `NAME:LINE: `. */
export function unplacedMessage(error: Pick<PresyncError, 'code' | 'data' | 'message'>): string {
  const place = dockerfilePlace(error);
  return place === undefined ? error.message : error.message.replace(new RegExp(`^[^/:]+:${place.line}: `), '');
}
