/** Addresses on the command line. What cannot be one is bad usage; whether anybody is there is found out later. */
import { PresyncError } from '../base/errors.ts';
import { checkDaemonAddress } from '../client/daemonLauncher.ts';
import { sshHost } from '../client/installDaemon.ts';
import { builderForms, isBuilderAddress } from '../context/builderAddress.ts';

/** A BUILDER; '' is the one that docker uses. USAGE. */
export function builderAddress(text: string): string {
  if (text === '' || isBuilderAddress(text)) return text;
  throw new PresyncError('USAGE', `"${text}" is no address of a builder.`, { hint: `Write ${builderForms}.` });
}

/** A DAEMON. USAGE. */
export function daemonAddress(text: string): string {
  return checked(text, checkDaemonAddress);
}

/** The host of `presync install`. USAGE. */
export function installAddress(text: string): string {
  return checked(text, sshHost);
}

function checked(text: string, check: (text: string) => unknown): string {
  try {
    check(text);
    return text;
  } catch (thrown) {
    const { message, hint } = PresyncError.from(thrown);
    throw new PresyncError('USAGE', message, { hint, cause: thrown });
  }
}
