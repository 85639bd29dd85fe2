/** Structured logging, as a port: the daemon binds pino, the extension an output channel, tests nothing. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Never put a secret, a token or file contents in here. */
export type LogFields = Readonly<Record<string, unknown>>;

const nothing = (): void => {};

export const silentLogger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
