/**
 * Output of build steps, made safe for a terminal.
 *
 * A build log is written by whatever the build runs. It may choose colours, so SGR sequences (`ESC [ … m`) stay and are
 * closed at the end of their line. Everything else that steers a terminal is removed: cursor movement, titles,
 * hyperlinks, clipboard access, queries that make the terminal type an answer, and single control characters.
 * Names (of files, steps, images) get no such freedom: they go through `escapeControls`.
 */

const decoder = new TextDecoder();

/**
 * ECMA-48 control sequences, then single controls except the tab:
 * CSI; OSC, DCS, SOS, PM and APC strings up to BEL or ST; other escapes; C0, DEL and C1.
 */
const controls =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|\x1b[ -/]*[0-~]|[\x00-\x08\x0a-\x1f\x7f-\x9f]/g;

const colour = /^\x1b\[[0-9;:]{0,64}m$/;
const anyColour = /\x1b\[[0-9;:]*m/g;
const colourReset = '\x1b[0m';

/**
 * One line of output (without its line feed) as printable text. Bytes that are not UTF-8 become U+FFFD. A line that was
 * rewritten with carriage returns, as progress bars do, is what was written last.
 */
export function logText(line: Uint8Array): string {
  const text = lastRewrite(decoder.decode(line)).replace(controls, (found) => (colour.test(found) ? found : ''));
  return text.includes('\x1b') && !text.endsWith(colourReset) ? text + colourReset : text;
}

/** `logText` without its colours. */
export function withoutColours(text: string): string {
  return text.replace(anyColour, '');
}

function lastRewrite(text: string): string {
  const end = /\r*$/.exec(text)?.index ?? text.length;
  const visible = text.slice(0, end);
  return visible.slice(visible.lastIndexOf('\r') + 1);
}
