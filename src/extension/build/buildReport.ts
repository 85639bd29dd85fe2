/** What a build's terminal says once it has ended. */
import { escapeControls } from '../../base/bytes.ts';
import type { PresyncError } from '../../base/errors.ts';
import { failureLines } from '../../client/progress/failureLines.ts';
import { formatBytes, formatCount, formatDuration, formatSent } from '../../client/progress/format.ts';
import type { Paint } from '../../client/progress/paint.ts';
import type { BuildSummary } from '../link/workerApi.ts';

const changed = 'changed while it was built; build again to have what it is now';

/** The image, its tags and size; what moved; how long each part took. */
export function successReport(summary: BuildSummary, paint: Paint): string[] {
  const { tags, imageId, imageBytes, written } = summary;
  const image = shortId(imageId);
  const name = tags.length > 0 ? escapeControls(tags.join(', ')) : image;
  const facts = [
    ...(tags.length > 0 && image !== '' ? [image] : []),
    ...(imageBytes > 0 ? [formatBytes(imageBytes)] : []),
  ];
  const what = [...(imageId === '' ? [] : [name]), ...written.map(escapeControls)].join(', ');
  const built = `Built ${what === '' ? 'without an image' : what}`;
  return [
    paint.name(built) + (facts.length > 0 ? ` (${facts.join(', ')})` : ''),
    `  ${movedText(summary)}`,
    `  ${timesText(summary)}`,
    ...(summary.differing === '' ? [] : [paint.cancelled(`  not verified: ${summary.differing} ${changed}`)]),
  ];
}

/** What failed and what to do next, in colour. A cancelled build is no failure. */
export function failureReport(error: PresyncError, dockerfile: string, paint: Paint): string[] {
  if (error.code === 'CANCELLED') return [paint.cancelled('Cancelled.')];
  const [first = '', ...more] = failureLines(error, 'ERROR: ', dockerfile);
  return [paint.failed(first), ...more];
}

function movedText({ sent, builder }: BuildSummary): string {
  const taken = builder.files === 0 ? [] : [`the builder took ${formatCount(builder.files, 'file')}`];
  return [formatSent(sent), ...taken].join('; ');
}

function timesText({ readyMs, solveMs, verifyMs, totalMs, verified }: BuildSummary): string {
  const parts = [`ready in ${formatDuration(readyMs)}`, `solved in ${formatDuration(solveMs)}`];
  if (verified) parts.push(`checked in ${formatDuration(verifyMs)}`);
  return `${parts.join(', ')}; ${formatDuration(totalMs)} in all`;
}

/** As `docker images` shows it. */
function shortId(imageId: string): string {
  return escapeControls(imageId.replace(/^sha256:/, '').slice(0, 12));
}
