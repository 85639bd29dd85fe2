/** What a build says about lines of its Dockerfile, for the Problems panel. */
import { escapeControls } from '../../base/bytes.ts';
import type { PresyncError } from '../../base/errors.ts';
import type { DockerfilePlace } from '../../client/progress/dockerfilePlace.ts';
import { dockerfilePlace } from '../../client/progress/dockerfilePlace.ts';
import { unplacedMessage } from '../../client/progress/failureLines.ts';
import type { ProgressEvent } from '../../client/progress/progressEvent.ts';
import type { WarningEvent } from '../../context/buildEvent.ts';

/** About a Dockerfile, or about an ignore file. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly place: DockerfilePlace;
  readonly message: string;
  /** The name of the rule behind it, or the error's code. */
  readonly code: string;
  /** Where that is explained; '' when nowhere. */
  readonly url: string;
}

/** The finding of a failed build; undefined when it is not about a line of the Dockerfile. */
export function errorFinding(error: PresyncError): Finding | undefined {
  const { code, hint } = error;
  const place = code === 'DOCKERFILE_EMPTY' ? { line: 1, endLine: 1 } : dockerfilePlace(error);
  if (place === undefined) return undefined;
  // The place is told by the finding itself.
  const more = /^See line \d+ of /.test(hint) ? '' : hint;
  return { severity: 'error', place, message: shown(unplacedMessage(error), more), code, url: '' };
}

/** The finding of a rule that the ignore file must not have; undefined for any other error. */
export function ignoreFinding({ code, message, hint, data }: PresyncError): Finding | undefined {
  const { line } = data;
  if (code !== 'IGNORE_PATTERN' || typeof line !== 'number') return undefined;
  const text = shown(message.replace(/^[^,]+, line \d+: /, ''), hint);
  return { severity: 'error', place: { line, endLine: line }, message: text, code, url: '' };
}

/** The warnings that name a line. Those of the builder only where they are wanted; ours always. */
export function warningFindings(events: readonly ProgressEvent[], withBuildkits: boolean): Finding[] {
  return events
    .filter((event) => event.type === 'warning')
    .filter((event) => event.line > 0 && (withBuildkits || isOurs(event)))
    .map(warningFinding);
}

/** Whether the warnings of BuildKit are wanted: 'auto' leaves them to another linter where there is one. */
export function wantsBuildkitWarnings(setting: unknown, otherLinter: boolean): boolean {
  if (setting === 'on' || setting === 'off') return setting === 'on';
  return !otherLinter;
}

/** BuildKit's warnings belong to a step; ours to none. */
function isOurs({ vertex }: WarningEvent): boolean {
  return vertex === '';
}

/**
 * BuildKit names the rule in front of a message, and may repeat the line behind it. The detail only says in general what
 * the message says in particular, and the page says all of it.
 */
function warningFinding({ message, detail, url, line }: WarningEvent): Finding {
  const [, rule = '', text = message] = /^([A-Z][A-Za-z]+): (.*)$/s.exec(message) ?? [];
  const page = /^https?:\/\//.test(url) ? url : '';
  return {
    severity: 'warning',
    place: { line, endLine: line },
    message: shown(text.replace(/\s*\(line \d+\)$/, ''), page === '' ? detail : ''),
    code: rule === '' ? lastSegment(page) : rule,
    url: page,
  };
}

/** The rule's name as pages have it: 'copy-ignored-file'. */
function lastSegment(page: string): string {
  return /([^/]+)\/?$/.exec(page)?.[1] ?? '';
}

function shown(...parts: readonly string[]): string {
  const lines = parts.filter((part) => part !== '').flatMap((part) => part.split(/\r?\n/));
  return lines.map(escapeControls).join('\n');
}

/** A text by its lines, counted from 0. */
export interface Lines {
  readonly lineCount: number;
  text(line: number): string;
}

/** Where a place is in a text: its lines without the white space around them. What is behind the end is on the last line. */
export function rangeOf(lines: Lines, { line, endLine }: DockerfilePlace): [number, number, number, number] {
  const last = lines.lineCount - 1;
  const [start, end] = [Math.min(line - 1, last), Math.min(endLine - 1, last)];
  const text = lines.text(start);
  const indent = text.trim() === '' ? 0 : text.length - text.trimStart().length;
  return [start, indent, end, lines.text(end).trimEnd().length];
}
