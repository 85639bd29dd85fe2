/** The ignore file of a context, the Dockerfile's own or the context's: which it is, and its rules as of the last reading. */
import { basename, dirname, join } from 'node:path';
import { delay } from '../base/time.ts';
import { ignoreFileCandidates } from '../context/dockerfile.ts';
import { IgnoreRules } from '../context/ignore/ignoreRules.ts';
import { canonicalFile, readIgnoreFile } from '../workspace/contextFiles.ts';
import { clientLimits } from './limits.ts';

/** An ignore file at one moment. */
interface Version {
  readonly content: Uint8Array;
  /** The content, to be compared. */
  readonly text: string;
  /** The path of the Dockerfile's own ignore file; '' where the context's applies, whether it exists or not. */
  readonly own: string;
}

export class ContextIgnore {
  readonly #dockerfile: string | undefined;
  readonly #root: string;
  /** Where the rules may be, whether there is a file or not: by the paths that the user gave, and by the system's. */
  readonly files: readonly string[];
  #version: Version;
  #rules: IgnoreRules;

  private constructor(dockerfile: string | undefined, root: string, files: readonly string[], version: Version) {
    this.#dockerfile = dockerfile;
    this.#root = root;
    this.files = files;
    this.#version = version;
    this.#rules = parse(version);
  }

  /** As `readIgnoreFile` finds it. Throws what that throws, and IGNORE_PATTERN. */
  static async open(dockerfile: string | undefined, root: string): Promise<ContextIgnore> {
    const version = await read(dockerfile, root);
    return new ContextIgnore(dockerfile, root, await candidates(dockerfile, root), version);
  }

  get rules(): IgnoreRules {
    return this.#rules;
  }

  get content(): Uint8Array {
    return this.#version.content;
  }

  /** The content, byte for byte: equal texts are equal rules. */
  get text(): string {
    return this.#version.text;
  }

  get own(): string {
    return this.#version.own;
  }

  /** Whether the file holds something else by now. */
  async hasChanged(): Promise<boolean> {
    return (await read(this.#dockerfile, this.#root)).text !== this.text;
  }

  /** Reads it anew. IGNORE_PATTERN leaves the rules from before. */
  async refresh(signal: AbortSignal | undefined): Promise<void> {
    let version = await read(this.#dockerfile, this.#root);
    if (version.text === '' && this.text !== '') {
      // Between two steps of a save there may be nothing: everything that it excludes would be sent.
      await delay(clientLimits.ignoreGone, signal);
      version = await read(this.#dockerfile, this.#root);
    }
    if (version.text === this.text) return;
    this.#rules = parse(version);
    this.#version = version;
  }
}

async function read(dockerfile: string | undefined, root: string): Promise<Version> {
  const file = await readIgnoreFile(dockerfile, root);
  const content = file?.content ?? new Uint8Array();
  const own = file === undefined || file.path === join(root, '.dockerignore') ? '' : file.path;
  return { content, text: Buffer.from(content).toString('latin1'), own };
}

function parse({ content }: Version): IgnoreRules {
  return content.length === 0 ? IgnoreRules.none : IgnoreRules.parse(content);
}

async function candidates(dockerfile: string | undefined, root: string): Promise<string[]> {
  const [own, general] = ignoreFileCandidates(basename(dockerfile ?? 'Dockerfile'));
  const files = [join(root, general)];
  if (dockerfile === undefined) return files;
  const folder = dirname(dockerfile);
  return [...files, join(folder, own), join(await canonicalFile(folder), own)];
}
