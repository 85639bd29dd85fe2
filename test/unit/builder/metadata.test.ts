import { describe, expect, it } from 'vitest';
import { firstValue, readMetadata } from '../../../src/builder/grpc/metadata.ts';

describe('gRPC metadata', () => {
  it('keeps repeated keys apart and drops pseudo headers', () => {
    const metadata = readMetadata([':path', '/x', 'followpaths', 'a', 'Dir-Name', 'context', 'followpaths', 'b,c']);
    expect(metadata.get('followpaths')).toEqual(['a', 'b,c']);
    expect(firstValue(metadata, 'dir-name')).toBe('context');
    expect(metadata.has(':path')).toBe(false);
    expect(firstValue(metadata, 'absent')).toBe('');
  });

  it('unescapes what is marked as encoded, and nothing else', () => {
    const metadata = readMetadata(['a', 'caf%C3%A9+x', 'a-encoded', '1', 'b', 'caf%C3%A9+x']);
    expect(metadata.get('a')).toEqual(['café x']);
    expect(metadata.get('b')).toEqual(['caf%C3%A9+x']);
    expect(readMetadata(['a', '%zz', 'a-encoded', '1']).get('a')).toEqual(['%zz']);
  });
});
