import type { ErrorData } from '../base/errors.ts';
import { isErrorCode, PresyncError } from '../base/errors.ts';
import { shortened } from '../base/shortened.ts';
import type { presync } from './generated/presync.js';
import { limits } from './limits.ts';

/** However long its texts are, an error has room in a frame: who waits for an answer would wait for ever. */
export function errorToWire(error: PresyncError): presync.v1.Error.$Properties {
  const data = Object.fromEntries(Object.entries(error.data).map(([key, value]) => [key, bounded(String(value))]));
  return { code: error.code, message: bounded(error.message), hint: bounded(error.hint), data };
}

function bounded(text: string): string {
  return shortened(text, limits.errorTextChars);
}

export function errorFromWire(wire: presync.v1.Error.$Properties): PresyncError {
  const code = wire.code ?? '';
  const data: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(wire.data ?? {})) data[key] = /^\d{1,15}$/.test(value) ? +value : value;
  return new PresyncError(isErrorCode(code) ? code : 'INTERNAL', wire.message ?? '', {
    hint: wire.hint ?? '',
    data: data satisfies ErrorData,
  });
}
