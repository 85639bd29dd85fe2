import { isIP } from 'node:net';
import { badField } from '../../context/fieldList.ts';

/** `NAME:ADDRESS` or `NAME=ADDRESS`, the address in brackets or not, as `NAME=ADDRESS`. USAGE. */
export function parseHost(text: string): string {
  const split = text.includes('=') ? text.indexOf('=') : text.indexOf(':');
  const name = text.slice(0, Math.max(0, split));
  const address = text.slice(split + 1).replace(/^\[(.*)\]$/, '$1');
  if (/^[^\s,=:]+$/.test(name) && (isIP(address) !== 0 || address === 'host-gateway')) return `${name}=${address}`;
  throw badField('add-host', text, 'it is no host', 'Write NAME=ADDRESS, such as db=10.0.0.5 or me=host-gateway.');
}
