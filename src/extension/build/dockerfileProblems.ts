/** Shows what builds say about Dockerfiles, and about ignore files, in the Problems panel. */
import { Diagnostic, DiagnosticSeverity, extensions, languages, Range, Uri, workspace } from 'vscode';
import type { TextDocument } from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { ignoreFileOf } from '../editor/ignoreFile.ts';
import { fileExists } from '../fileExists.ts';
import type { EndedBuild } from './buildRunner.ts';
import type { Finding } from './findings.ts';
import { errorFinding, ignoreFinding, rangeOf, wantsBuildkitWarnings, warningFindings } from './findings.ts';

const severities = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning } as const;

/** It shows BuildKit's warnings by itself, while the Dockerfile is edited. */
const otherLinter = 'docker.docker';

export class DockerfileProblems implements Disposable {
  readonly #setting: () => unknown;
  readonly #collection = languages.createDiagnosticCollection('presync');
  /** Reports are shown in the order in which builds end. */
  #shown: Promise<void> = Promise.resolve();

  /** `buildkitWarnings` is the setting `presync.diagnostics.buildkitWarnings`, whatever it holds. */
  constructor(buildkitWarnings: () => unknown) {
    this.#setting = buildkitWarnings;
  }

  /**
   * A build has ended: what it found replaces what was shown for its Dockerfile. A build that says nothing about the
   * Dockerfile, because it was cancelled or there is no builder, changes nothing. Never rejects.
   */
  report(build: EndedBuild): Promise<void> {
    return this.#next(() => this.#report(build));
  }

  /** Files may be gone: what was found in them is of no use any more. Never rejects. */
  forgetGone(): Promise<void> {
    return this.#next(async () => {
      const uris: Uri[] = [];
      this.#collection.forEach((uri) => uris.push(uri));
      for (const uri of uris) if (!(await fileExists(uri.fsPath))) this.#collection.delete(uri);
    });
  }

  dispose(): void {
    this.#collection.dispose();
  }

  #next(work: () => Promise<void>): Promise<void> {
    this.#shown = this.#shown.then(work).catch(() => {});
    return this.#shown;
  }

  async #report({ choice, events, error }: EndedBuild): Promise<void> {
    const dockerfile = Uri.file(choice.source.dockerfile);
    const ignoreFile = await ignoreFileOf(choice.source);
    const rule = error && ignoreFinding(error);
    if (rule !== undefined) return this.#show(ignoreFile, [rule]);
    const failure = error && errorFinding(error);
    if (error !== undefined && failure === undefined) return;
    const withBuildkits = wantsBuildkitWarnings(this.#setting(), extensions.getExtension(otherLinter) !== undefined);
    await this.#show(dockerfile, [
      ...(failure === undefined ? [] : [failure]),
      ...warningFindings(events, withBuildkits),
    ]);
    this.#collection.delete(ignoreFile);
  }

  async #show(uri: Uri, findings: readonly Finding[]): Promise<void> {
    this.#collection.delete(uri);
    if (findings.length === 0) return;
    const document = await workspace.openTextDocument(uri);
    this.#collection.set(
      uri,
      findings.map((finding) => diagnosticOf(finding, document)),
    );
  }
}

function diagnosticOf({ severity, place, message, code, url }: Finding, document: TextDocument): Diagnostic {
  const lines = { lineCount: document.lineCount, text: (line: number) => document.lineAt(line).text };
  const diagnostic = new Diagnostic(new Range(...rangeOf(lines, place)), message, severities[severity]);
  diagnostic.source = 'presync';
  if (code !== '') diagnostic.code = url === '' ? code : { value: code, target: Uri.parse(url) };
  return diagnostic;
}
