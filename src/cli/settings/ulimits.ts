import { badField } from '../../context/fieldList.ts';

/** Those of Linux, as go-units has them. */
const names = new Set(
  'core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(' '),
);

/** `NAME=SOFT[:HARD]` as `NAME=SOFT:HARD`; -1 is no limit. USAGE. */
export function parseUlimit(text: string): string {
  const match = /^([a-z]+)=(-1|\d+)(?::(-1|\d+))?$/.exec(text);
  if (match === null || !names.has(match[1]!)) {
    throw badField('ulimit', text, 'it is no limit', 'Write NAME=SOFT[:HARD], such as nofile=1024:4096.');
  }
  const [, name, soft, hard = soft] = match;
  if (hard !== '-1' && (soft === '-1' || Number(soft) > Number(hard))) {
    throw badField('ulimit', text, 'the soft limit is higher than the hard one');
  }
  return `${name}=${soft}:${hard}`;
}
