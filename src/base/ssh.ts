/** How the system's ssh is called, and what its exit says. The user's own configuration, keys and agent apply. */

/** A host, as the user named it for ssh. */
export interface SshDestination {
  /** `user@host`, for ssh. */
  readonly destination: string;
  readonly port: number | undefined;
}

/** ssh's own exit code for everything that goes wrong before the command runs. */
export const sshFailed = 255;

/**
 * What of a URL names a host for ssh; undefined when it has no place in a command line: a host that begins with a dash
 * would be an option, and ssh as well as the other end put names into shell commands.
 */
export function sshDestination(url: Pick<URL, 'username' | 'hostname' | 'port'>): SshDestination | undefined {
  const { username, hostname, port } = url;
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const valid = /^[A-Za-z0-9:][A-Za-z0-9.:_-]*$/.test(host) && /^([A-Za-z0-9_][A-Za-z0-9._-]*)?$/.test(username);
  if (!valid) return undefined;
  return {
    destination: username === '' ? host : `${username}@${host}`,
    port: port === '' ? undefined : Number(port),
  };
}

/** Whether a path can be named in a command for the other end's shell, whichever it is. */
export function isPlainPath(path: string): boolean {
  return /^\/[A-Za-z0-9/._@+-]*$/.test(path);
}

/** The arguments that every use of ssh has, up to the command that runs there. */
export function sshArguments({ destination, port }: SshDestination): string[] {
  // Whoever cannot be asked must not be waited for.
  const batch = process.stdin.isTTY ? [] : ['-o', 'BatchMode=yes'];
  const where = port === undefined ? [] : ['-p', String(port)];
  return ['-T', ...batch, '-o', 'ConnectTimeout=10', ...where, '--', destination];
}

/** Whether ssh, having failed, complains of a login or of the host's key. */
export function isRefusedLogin(words: string): boolean {
  return /permission denied|authentication|host key/i.test(words);
}

/** The last line of what ssh wrote to standard error, which says most, without its own name in front. */
export function lastLine(words: string): string {
  return (words.trim().split('\n').at(-1)?.trim() ?? '').replace(/^ssh: /, '');
}
