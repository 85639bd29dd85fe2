/** What a sample of this many bytes tells is taken for the whole. */
const sampleBytes = 2048;

/** Less than this shows nothing, and costs little either way. */
const leastBytes = 512;

/** Bits a byte, of eight, up to which a sample is taken to shrink: noise shows 7.4 in 512 bytes and 7.9 in 2048. */
const shrinkingBits = 7.2;

/**
 * Whether packing is likely to make content smaller, by how evenly its bytes are spread: some microseconds. Archives,
 * pictures and ciphertext are not.
 */
export function looksShrinkable(content: Uint8Array): boolean {
  if (content.length < leastBytes) return true;
  const start = Math.max(0, (content.length - sampleBytes) >> 1);
  const sample = content.subarray(start, start + sampleBytes);
  const counts = new Uint16Array(256);
  for (const byte of sample) counts[byte]!++;
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= count * Math.log2(count / sample.length);
  return bits / sample.length < shrinkingBits;
}
