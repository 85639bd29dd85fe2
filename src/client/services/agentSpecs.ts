/** `--ssh default|ID[=SOCKET|KEY[,KEY]]`, as docker buildx has it. */
import { resolve } from 'node:path';
import { badField } from '../../context/fieldList.ts';

/** An agent under an id: the user's own, or paths of a socket or of keys, not looked at yet. */
export interface AgentSpec {
  readonly id: string;
  /** Empty: the one at SSH_AUTH_SOCK. */
  readonly paths: readonly string[];
}

/** USAGE for a flag that cannot be understood. */
export function parseAgents(flags: readonly string[], cwd: string): AgentSpec[] {
  const specs: AgentSpec[] = [];
  for (const flag of flags) {
    const equals = flag.indexOf('=');
    const id = equals < 0 ? flag : flag.slice(0, equals);
    const paths = equals < 0 ? [] : flag.slice(equals + 1).split(',');
    if (id === '') throw badField('ssh', flag, 'it has no id', 'Write "default", or ID=SOCKET, or ID=KEY.');
    if (paths.includes('')) throw badField('ssh', flag, 'a path is empty');
    if (specs.some((other) => other.id === id)) throw badField('ssh', flag, `there are two agents "${id}"`);
    specs.push({ id, paths: paths.map((path) => resolve(cwd, path)) });
  }
  return specs;
}
