import { escapeControls } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';

/** A `key=value` of a flag; the value is undefined where there is no '='. */
export interface Field {
  readonly key: string;
  readonly value: string | undefined;
}

/**
 * The fields of a flag such as `type=local,dest=out`, as the docker CLI reads them: one line of CSV (Go's encoding/csv),
 * so that a field in double quotes may hold commas, and two double quotes in it are one. Keys are in lower case.
 * USAGE for what is no such line; `flag` is told.
 */
export function parseFields(text: string, flag: string): Field[] {
  return splitCsv(text, flag).map((field) => {
    const equals = field.indexOf('=');
    const key = (equals < 0 ? field : field.slice(0, equals)).trim().toLowerCase();
    return { key, value: equals < 0 ? undefined : field.slice(equals + 1) };
  });
}

/** The same as a map. USAGE also when a field has no value or comes twice. */
export function parseFieldMap(text: string, flag: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const { key, value } of parseFields(text, flag)) {
    if (value === undefined || key === '') throw badField(flag, text, `"${key}" is no key=value`);
    if (fields.has(key)) throw badField(flag, text, `"${key}" comes twice`);
    fields.set(key, value);
  }
  return fields;
}

/** USAGE: what is wrong with the value of a flag. */
export function badField(flag: string, text: string, why: string, hint = ''): PresyncError {
  return new PresyncError('USAGE', `--${flag} ${escapeControls(text)}: ${escapeControls(why)}.`, {
    hint: hint || `See "presync build --help" for --${flag}.`,
  });
}

function splitCsv(text: string, flag: string): string[] {
  if (/[\r\n]/.test(text)) throw badField(flag, text, 'it has several lines');
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  for (;;) {
    const match = field.exec(text);
    if (match === null) throw badField(flag, text, 'its quotes do not match');
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2]!);
    if (match[3] === '') return fields;
  }
}
