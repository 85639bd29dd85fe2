/**
 * What an error advises, in the words of VS Code. Hints are written where things fail, for the command line; what they
 * call a flag is a setting or a command here.
 */

/** The longest first: a flag by itself is what is left of an advice that is not known. */
const words: readonly (readonly [commandLine: string, editor: string])[] = [
  ['name its socket with DOCKER_HOST or --builder', 'select another builder'],
  ['--builder', 'the command Select Builder'],
  ['with --daemon', 'in the setting presync.daemon'],
  ['--daemon', 'the setting presync.daemon'],
  ['--token-file', 'PRESYNC_TOKEN_FILE'],
  ['--tls-ca', 'PRESYNC_TLS_CA'],
  ['with -f', 'in the setting presync.contexts'],
];

/** A hint for somebody who has no command line. */
export function inEditorWords(hint: string): string {
  return words.reduce((text, [commandLine, editor]) => text.replaceAll(commandLine, editor), hint);
}
