/** Files and the documents that show them. A document, once opened, keeps its text until it is saved or edited. */
import type { URI } from 'vscode-uri';
import type { Position } from './values.ts';
import { EndOfLine, Range, Uri } from './values.ts';

export class FakeDocument {
  isDirty = false;
  #text: string;

  constructor(
    readonly uri: URI,
    text: string,
    private readonly disk: FakeDisk,
  ) {
    this.#text = text;
  }

  get fileName(): string {
    return this.uri.fsPath;
  }

  get languageId(): string {
    return /(^|\/)Dockerfile$/.test(this.uri.path) ? 'dockerfile' : 'plaintext';
  }

  get eol(): EndOfLine {
    return this.#text.includes('\r\n') ? EndOfLine.CRLF : EndOfLine.LF;
  }

  get lineCount(): number {
    return this.#lines.length;
  }

  getText(): string {
    return this.#text;
  }

  lineAt(line: number) {
    const text = this.#lines[line];
    if (text === undefined) throw new Error('Illegal value for `line`');
    return { text, range: new Range(line, 0, line, text.length) };
  }

  /** As typed by the user. */
  insert(position: Position, text: string): void {
    const lines = this.#text.split('\n');
    const before = lines.slice(0, position.line).reduce((sum, line) => sum + line.length + 1, 0);
    const offset = before + position.character;
    this.#text = this.#text.slice(0, offset) + text + this.#text.slice(offset);
    this.isDirty = true;
  }

  save(): Promise<boolean> {
    if (this.disk.readonly) return Promise.resolve(false);
    this.disk.files.set(this.uri.fsPath, this.#text);
    this.isDirty = false;
    return Promise.resolve(true);
  }

  get #lines(): string[] {
    return this.#text.split(/\r?\n/);
  }
}

export class FakeDisk {
  /** Text by absolute path. */
  readonly files = new Map<string, string>();
  readonly documents = new Map<string, FakeDocument>();
  readonly = false;
  /** An edit of the workspace is not carried out. */
  refusesEdits = false;

  open(target: URI | string): Promise<FakeDocument> {
    const uri = typeof target === 'string' ? Uri.file(target) : target;
    const known = this.documents.get(uri.fsPath);
    if (known !== undefined) return Promise.resolve(known);
    const text = this.files.get(uri.fsPath);
    if (text === undefined) return Promise.reject(notFound(uri));
    const document = new FakeDocument(uri, text, this);
    this.documents.set(uri.fsPath, document);
    return Promise.resolve(document);
  }

  stat(uri: URI): Promise<{ type: number; size: number }> {
    const text = this.files.get(uri.fsPath);
    return text === undefined ? Promise.reject(notFound(uri)) : Promise.resolve({ type: 1, size: text.length });
  }

  read(uri: URI): Promise<Uint8Array> {
    const text = this.files.get(uri.fsPath);
    return text === undefined ? Promise.reject(notFound(uri)) : Promise.resolve(Buffer.from(text));
  }

  /** All or nothing, as `workspace.applyEdit`; false when a document is missing. */
  async apply(edit: WorkspaceEdit): Promise<boolean> {
    if (this.refusesEdits) return false;
    for (const change of edit.changes) {
      const path = change.uri.fsPath;
      if (change.text === undefined && !this.files.has(path)) this.files.set(path, '');
      if (change.text !== undefined) (await this.open(change.uri)).insert(change.position!, change.text);
    }
    return true;
  }
}

interface Change {
  readonly uri: URI;
  /** Undefined for a file that is created. */
  readonly text?: string;
  readonly position?: Position;
}

export class WorkspaceEdit {
  readonly changes: Change[] = [];

  /** Only with `ignoreIfExists`. */
  createFile(uri: URI): void {
    this.changes.push({ uri });
  }

  insert(uri: URI, position: Position, text: string): void {
    this.changes.push({ uri, position, text });
  }
}

function notFound(uri: URI): Error {
  return Object.assign(new Error(`Unable to read file '${uri.fsPath}'`), { code: 'FileNotFound' });
}
