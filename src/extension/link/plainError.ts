import { PresyncError } from '../../base/errors.ts';
import { inEditorWords } from './editorWords.ts';
import type { PlainError } from './workerApi.ts';

/**
 * Anything thrown, for the other side, which shows it to people. Structured cloning would keep neither class nor code, and
 * the cause stays here.
 */
export function toPlainError(thrown: unknown): PlainError {
  const { code, message, hint, data } = PresyncError.from(thrown);
  return { code, message, hint: inEditorWords(hint), data };
}

export function fromPlainError({ code, message, hint, data }: PlainError): PresyncError {
  return new PresyncError(code, message, { hint, data });
}
