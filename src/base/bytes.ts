/**
 * Byte strings: JS strings whose every character is one byte (0 to 255, as 'latin1').
 *
 * File names are bytes, not text. As byte strings they are compact, usable as keys, and `<` compares them bytewise.
 */

declare const byteString: unique symbol;

/** A string of bytes. Show it through `toDisplay` only. */
export type ByteString = string & { readonly [byteString]: true };

const encoder = new TextEncoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const asciiOnly = /^[\x00-\x7f]*$/;

/** Whether every character is ASCII, in which case text and bytes are the same string. */
function isAscii(value: string): boolean {
  return asciiOnly.test(value);
}

/** The UTF-8 bytes of a text, as a byte string. */
export function fromText(text: string): ByteString {
  return isAscii(text) ? (text as ByteString) : fromBytes(encoder.encode(text));
}

/** The given bytes, as a byte string. */
export function fromBytes(bytes: Uint8Array): ByteString {
  if (bytes.length <= argumentsAtOnce) return fromFewBytes(bytes);
  let result = '';
  for (let start = 0; start < bytes.length; start += argumentsAtOnce) {
    result += fromFewBytes(bytes.subarray(start, start + argumentsAtOnce));
  }
  return result as ByteString;
}

/** String.fromCharCode takes its arguments on the stack. */
const argumentsAtOnce = 8192;

/** By `apply`, which takes them as they are: spreading iterates, six times slower. */
function fromFewBytes(bytes: Uint8Array): ByteString {
  return String.fromCharCode.apply(null, bytes as unknown as number[]) as ByteString;
}

/** The bytes of a byte string. */
export function toBytes(value: ByteString): Uint8Array {
  const bytes = new Uint8Array(value.length);
  for (let i = 0; i < value.length; i++) bytes[i] = value.charCodeAt(i);
  return bytes;
}

/** The text, or undefined when the bytes are not UTF-8. */
export function toText(value: ByteString): string | undefined {
  if (isAscii(value)) return value;
  try {
    return strictDecoder.decode(toBytes(value));
  } catch {
    return undefined;
  }
}

/**
 * A byte string for people: text where it is UTF-8, `\xHH` for other bytes, and control, bidirectional and
 * zero-width characters escaped, so that a name can write neither to a terminal nor to a log.
 */
export function toDisplay(value: ByteString): string {
  const text = toText(value) ?? value.replace(/[^\x20-\x7e]/g, (c) => `\\x${hex2(c.charCodeAt(0))}`);
  return escapeControls(text);
}

/** Unicode's control, format (bidirectional, zero-width, tags), surrogate, line and paragraph separator characters. */
const controls = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A text with its control, bidirectional and zero-width characters escaped. */
export function escapeControls(text: string): string {
  return text.replace(controls, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`);
}

function hex2(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
