/** A tar archive as bytes: ustar, regular files only unless the member says otherwise. */
export interface TarMember {
  readonly name: string;
  readonly data?: Uint8Array;
  /** A type flag: '0' file, '2' symbolic link, '3' character device, '5' directory, … */
  readonly type?: string;
  readonly linkName?: string;
  readonly mode?: number;
  /** The size that the header tells; the data's by default. */
  readonly size?: number;
}

const blockSize = 512;

/** One member: its header, its data and the padding. */
export function tarMember(member: TarMember): Buffer {
  const { name, data = new Uint8Array(), type = '0', linkName = '', mode = 0o644, size = data.length } = member;
  const header = Buffer.alloc(blockSize);
  const octal = (value: number, at: number, length: number) =>
    header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
  header.write(name, 0, 'utf8');
  octal(mode, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(1_700_000_000, 136, 12);
  header.write('        ', 148, 'latin1');
  header.write(type, 156, 'latin1');
  header.write(linkName, 157, 'utf8');
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  const padding = (blockSize - (data.length % blockSize)) % blockSize;
  return Buffer.concat([header, data, Buffer.alloc(padding)]);
}

/** The two empty blocks that end an archive. */
export const tarEnd = Buffer.alloc(2 * blockSize);

export function tarArchive(members: readonly TarMember[]): Buffer {
  return Buffer.concat([...members.map(tarMember), tarEnd]);
}
