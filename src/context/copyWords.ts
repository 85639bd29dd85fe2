import type { Add, Copy } from 'dockerfile-ast';

/** The words of a COPY or ADD behind its flags, as they are written, the destination last. Heredocs are `<<NAME` alone. */
export function copyWords(instruction: Copy | Add): string[] {
  const written = instruction.getArgumentsContent() ?? '';
  // What stands behind the first line are the heredocs' contents.
  return jsonWords(written) ?? words(written.split('\n')[0] ?? '');
}

/** The same and perhaps more: words of comments between the lines, which can hardly be told from others. */
export function copyWordsAtLeast(instruction: Copy | Add): string[] {
  const written = instruction.getArgumentsContent() ?? '';
  return written.includes('<<') ? copyWords(instruction) : (jsonWords(written) ?? words(written));
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** A source of ADD that is fetched from elsewhere. */
export function isRemote(source: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(source) || /^[^/@]+@[^/:]+:/.test(source);
}

/** The strings of the JSON form; undefined for what is none, which BuildKit reads as words. */
function jsonWords(written: string): string[] | undefined {
  if (!written.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(written);
    return Array.isArray(value) && value.every((word) => typeof word === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}
