/**
 * Closes something of an HTTP/2 connection, but not at once.
 *
 * Events of a connection come while Node still parses what it has read. Node 20 aborts the whole process ("Assertion
 * failed: current_nghttp2_memory_") when a session or stream is destroyed within that, promise callbacks included; see
 * nodejs/node#38964.
 */
export function outsideParsing(close: () => void): void {
  setImmediate(close);
}
