/**
 * The one error type of Presync.
 *
 * Every failure that leaves a module is a PresyncError with a code of the closed set below: codes are stable, are
 * printed by `--json`, and travel over the wire. `message` says what failed, `hint` what the user can do next; `cause`
 * is for the log and is never sent to a peer.
 */

/** What went wrong, for scripts. The list is closed: a new failure either fits a code or adds one here. */
export const errorCodes = [
  // the user's input
  'USAGE',
  'UNTRUSTED',
  'CONTEXT_NOT_FOUND',
  'CONTEXT_NOT_DIRECTORY',
  'CONTEXT_UNREADABLE',
  'CONTEXT_BUSY',
  'CONTEXT_UNWATCHED',
  'IGNORE_PATTERN',
  'DOCKERFILE_NOT_FOUND',
  'DOCKERFILE_EMPTY',
  'DOCKERFILE_INVALID',
  'BAD_TAG',
  'BAD_BUILD_ARG',
  'BAD_ENDPOINT',
  'SECRET_UNREADABLE',
  'SSH_AGENT',
  'REGISTRY_LOGIN',
  'PROGRAM_FAILED',
  // the builder
  'ENGINE_NOT_FOUND',
  'ENGINE_UNREACHABLE',
  'ENGINE_TOO_OLD',
  'ENGINE_LOST',
  'BUILDER_UNSUPPORTED',
  'BUILD_FAILED',
  'PUSH_FAILED',
  // where results go
  'OUTPUT_FAILED',
  'OUTPUT_UNSAFE',
  'ARCHIVE_INVALID',
  // the daemon and the link to it
  'DAEMON_NOT_FOUND',
  'DAEMON_START',
  'DAEMON_NEWER',
  'DAEMON_OLDER',
  'DAEMON_FOREIGN',
  'DAEMON_DRAINING',
  'OWNER_SILENT',
  'LINK_LOST',
  'PROTOCOL',
  'LIMIT',
  'UNAUTHORIZED',
  'BAD_CERTIFICATE',
  'TIMEOUT',
  'CANCELLED',
  // the store
  'DISK_FULL',
  'STORE_CORRUPT',
  'STORE_BUSY',
  'STORE_IO',
  'BASE_UNKNOWN',
  'SNAPSHOT_UNKNOWN',
  'SUPERSEDED',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export interface ErrorDetails {
  /** One sentence for the user: what to do next. */
  readonly hint?: string;
  /** The underlying failure, for the log only. */
  readonly cause?: unknown;
  /** Facts that a program can use, such as the Dockerfile `line` of a failed build. */
  readonly data?: ErrorData;
}

export type ErrorData = Readonly<Record<string, string | number>>;

export class PresyncError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly data: ErrorData;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'PresyncError';
    this.code = code;
    this.hint = details.hint ?? '';
    this.data = details.data ?? {};
  }

  /** Any thrown value as a PresyncError: itself, CANCELLED for an abort, else INTERNAL with the value as the cause. */
  static from(thrown: unknown): PresyncError {
    if (thrown instanceof PresyncError) return thrown;
    if (isAbortError(thrown)) return cancelled(thrown);
    return new PresyncError('INTERNAL', errorMessage(thrown), { cause: thrown });
  }
}

/** Whether a string (from a peer, say) is one of our codes. */
export function isErrorCode(value: string): value is ErrorCode {
  return (errorCodes as readonly string[]).includes(value);
}

export function cancelled(cause?: unknown): PresyncError {
  return new PresyncError('CANCELLED', 'Cancelled.', { cause });
}

/** Whether a thrown value only says that an AbortSignal fired. */
export function isAbortError(thrown: unknown): boolean {
  if (thrown instanceof PresyncError) return thrown.code === 'CANCELLED';
  return thrown instanceof Error && thrown.name === 'AbortError';
}

/** The text of any thrown value. */
export function errorMessage(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  try {
    return String(thrown);
  } catch {
    // An object may have no text, or refuse to tell it.
    return 'unknown error';
  }
}

/** The error and what is behind it, as far as that goes and no further than a few: an error can be its own cause. */
export function causeChain(error: Error): Error[] {
  const chain: Error[] = [];
  for (let cause: unknown = error; cause instanceof Error && chain.length < maxCauses; cause = cause.cause) {
    chain.push(cause);
  }
  return chain;
}

const maxCauses = 10;

/** The `code` of a Node system error ('ENOENT', …), or undefined. */
export function systemErrorCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

/** For the default branch of an exhaustive switch. */
export function unreachable(value: never): never {
  throw new PresyncError('INTERNAL', `Unexpected value: ${String(value)}`);
}
