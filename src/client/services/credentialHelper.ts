/**
 * docker-credential-helpers: `docker-credential-NAME get` reads a registry's URL from standard input and prints
 * `{"ServerURL": …, "Username": …, "Secret": …}`. The name "<token>" says that the secret is an identity token.
 */
import { PresyncError } from '../../base/errors.ts';
import type { RegistryAccount } from '../../context/registryAccount.ts';
import { clientLimits } from '../limits.ts';
import { runProgram } from './runProgram.ts';

const tokenName = '<token>';

/** Undefined when the helper has no login for it. REGISTRY_LOGIN, PROGRAM_FAILED. */
export async function askHelper(name: string, url: string): Promise<RegistryAccount | undefined> {
  // It becomes part of a program's name, which must not turn into a path.
  if (!/^[\w.-]{1,64}$/.test(name)) throw failed(name, 'has no valid name');
  const helper = `docker-credential-${name}`;
  // It may have to ask the user to unlock something.
  const { code, stdout, stderr } = await runProgram(helper, ['get'], { input: url, timeout: clientLimits.helperRun });
  if (code !== 0) {
    const said = stderr || stdout.trim();
    if (/credentials not found/i.test(said)) return undefined;
    throw failed(name, `failed: ${said.slice(0, 200) || `exit code ${code}`}`);
  }
  const { Username: user, Secret: secret } = parse(name, stdout);
  if (typeof user !== 'string' || typeof secret !== 'string') throw failed(name, 'printed no login');
  return { name: user === tokenName ? '' : user, secret };
}

function parse(name: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    throw failed(name, 'printed no JSON'); // and what it printed may be a secret
  }
}

function failed(name: string, what: string): PresyncError {
  return new PresyncError('REGISTRY_LOGIN', `The credential helper "${name}" ${what}.`, {
    hint: 'See credsStore and credHelpers in the docker CLI’s config.json, or log in again with docker login.',
  });
}
