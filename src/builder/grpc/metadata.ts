/**
 * gRPC metadata out of HTTP/2 headers.
 *
 * A key may repeat, one value a header. Header values are latin1 in BuildKit 0.8; from 0.12 on, a value that is not ASCII
 * is query-escaped, and then `<key>-encoded: 1` says so.
 */

export type Metadata = ReadonlyMap<string, readonly string[]>;

/** @param rawHeaders names and values in turn, as received: Node's parsed headers join or drop repeated ones. */
export function readMetadata(rawHeaders: readonly string[]): Metadata {
  const metadata = new Map<string, string[]>();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const key = rawHeaders[i]!.toLowerCase();
    if (key.startsWith(':')) continue;
    const values = metadata.get(key);
    if (values === undefined) metadata.set(key, [rawHeaders[i + 1]!]);
    else values.push(rawHeaders[i + 1]!);
  }
  for (const [key, values] of metadata) {
    if (metadata.get(`${key}-encoded`)?.[0] === '1') metadata.set(key, values.map(queryUnescape));
  }
  return metadata;
}

/** The first value of `key`, or ''. */
export function firstValue(metadata: Metadata, key: string): string {
  return metadata.get(key)?.[0] ?? '';
}

function queryUnescape(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}
