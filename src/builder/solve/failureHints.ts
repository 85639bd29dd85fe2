/** What the user can do about a failed build, as far as BuildKit's words tell. */

interface Hint {
  readonly pattern: RegExp;
  readonly text: (match: RegExpExecArray) => string;
}

const missing: readonly Hint[] = [
  {
    pattern: /secret (\S+?):?(?: not found)*: not found/,
    text: ([, id]) => `Give it with --secret id=${id},src=FILE or --secret id=${id},env=VARIABLE.`,
  },
  {
    pattern: /no SSH key "(\S*)" forwarded from the client|There is no ssh agent "(\S+)"/i,
    text: ([, id]) => `Give it with --ssh ${id || 'default'}.`,
  },
  {
    pattern: /(?:host |https?:\/\/)([^\s/]+).*: 401 Unauthorized/s,
    text: ([, host]) => `Log in with "docker login ${host}", as a user who may read it.`,
  },
  {
    pattern: /granting entitlement (\S+) is not allowed/,
    text: ([, right]) =>
      `The builder must allow it ("builder.entitlements" of an engine), or leave out --allow ${right}.`,
  },
  {
    pattern: /failed to do request|pull access denied/,
    text: () => 'Check the name of the image, that you are logged in, and that the engine can reach its registry.',
  },
  {
    pattern: /repository does not contain ref ([^\s,]+)/,
    text: ([, ref]) =>
      `Name a branch, tag or commit that is there: URL#REF.${ref === 'master' ? ' Docker 20.10 takes "master" unless told.' : ''}`,
  },
  {
    pattern: /"git": executable file not found/,
    text: () => 'Install git where the engine runs: it gets repositories itself.',
  },
  {
    pattern: /failed to read dockerfile: .*no such file/,
    text: () =>
      'Name the Dockerfile with -f, by its path in the context. An xz archive needs xz where the engine runs.',
  },
  {
    pattern: /failed to read dockerfile: .*(?:unexpected EOF|tar file)/,
    text: () => 'The archive is damaged or was cut: make it anew.',
  },
  {
    pattern: /dial tcp|invalid response status|fetch remote|fetching default branch/,
    text: () => 'The builder gets it itself: check the address, and that the builder can reach it.',
  },
];

/** Undefined when the message says nothing of something that is missing. */
export function hintForMissing(message: string): string | undefined {
  for (const { pattern, text } of missing) {
    const match = pattern.exec(message);
    if (match !== null) return text(match);
  }
  return undefined;
}
