import type { LogOutputChannel } from 'vscode';
import { errorMessage, PresyncError } from '../base/errors.ts';
import type { LogFields, Logger } from '../base/logger.ts';

/** Writes to the output channel, which has its own levels and times. */
export function channelLogger(channel: LogOutputChannel): Logger {
  return {
    debug: (message, fields) => channel.debug(withFields(message, fields)),
    info: (message, fields) => channel.info(withFields(message, fields)),
    warn: (message, fields) => channel.warn(withFields(message, fields)),
    error: (message, fields) => channel.error(withFields(message, fields)),
  };
}

function withFields(message: string, fields: LogFields = {}): string {
  const texts = Object.entries(fields).map(([name, value]) =>
    value instanceof Error ? causes(value) : `${name}=${String(value)}`,
  );
  return [message, ...texts].join(' ');
}

/** An error with what is behind it; the stack of the innermost, which is where it began. */
function causes(error: Error): string {
  const hint = error instanceof PresyncError && error.hint !== '' ? ` (${error.hint})` : '';
  const cause = error.cause === undefined ? '' : `\n  because: ${errorMessage(error.cause)}`;
  return `${error.name}: ${error.message}${hint}${cause}`;
}
