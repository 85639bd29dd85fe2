import type { ProgressStream } from '../../src/cli/progress/progressStream.ts';

/** A stream that is no terminal. */
export class FakePipe implements ProgressStream {
  text = '';

  write(text: string, written?: () => void): boolean {
    this.text += text;
    written?.();
    return true;
  }
}
