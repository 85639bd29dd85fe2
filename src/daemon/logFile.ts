import pino from 'pino';
import type { LogFields, Logger } from '../base/logger.ts';

/** The daemon's log: JSON lines on standard error, which whoever starts the daemon leads into its log file. */
export function pinoLogger(level: string): Logger {
  const sink = pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: pino.stdSerializers.errWithCause },
    },
    pino.destination({ dest: 2, sync: true }),
  );
  return {
    debug: (message, fields) => sink.debug(fields ?? {}, message),
    info: (message, fields) => sink.info(fields ?? {}, message),
    warn: (message, fields) => sink.warn(fields ?? {}, message),
    error: (message, fields: LogFields = {}) => sink.error(fields, message),
  };
}
