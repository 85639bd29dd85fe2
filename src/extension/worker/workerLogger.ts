import { causeChain, errorMessage, PresyncError } from '../../base/errors.ts';
import type { LogFields, Logger } from '../../base/logger.ts';
import type { WorkerEvents } from '../link/workerApi.ts';

type Entry = WorkerEvents['log'];

/** A logger whose entries are lines for an output channel. */
export function workerLogger(tell: (entry: Entry) => void): Logger {
  const log = (level: Entry['level']) => (message: string, fields?: LogFields) =>
    tell({ level, message: line(message, fields) });
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
}

function line(message: string, fields: LogFields = {}): string {
  return [message, ...Object.entries(fields).map(([name, value]) => `${name}=${valueText(value)}`)].join(' ');
}

function valueText(value: unknown): string {
  if (value instanceof Error) return causeChain(value).map(errorText).join(' ← ');
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
}

function errorText(error: Error): string {
  return error instanceof PresyncError ? `${error.code}: ${error.message}` : errorMessage(error);
}
