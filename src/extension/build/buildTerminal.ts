/**
 * One build in a terminal of VS Code: its progress as in BuildKit's plain mode, in colour, then how it ended.
 *
 * Ctrl-C, and closing the terminal, cancel. What the build prints may choose colours and nothing else, see
 * `client/progress/logText.ts`.
 */
import type { Pseudoterminal } from 'vscode';
import { EventEmitter } from 'vscode';
import { escapeControls } from '../../base/bytes.ts';
import { PresyncError } from '../../base/errors.ts';
import type { Clock } from '../../base/time.ts';
import { exitCode } from '../../client/exitCode.ts';
import { colourPaint } from '../../client/progress/paint.ts';
import { PlainPrinter } from '../../client/progress/plainPrinter.ts';
import type { BuildSummary } from '../link/workerApi.ts';
import { failureReport, successReport } from './buildReport.ts';
import type { BuildListener } from './buildRunner.ts';
import { buildLimits } from './limits.ts';

export interface BuildTerminalOptions {
  /** What is built, for the first line: 'app:latest'. */
  readonly title: string;
  /** The Dockerfile's path as the user knows it: relative to the workspace folder. */
  readonly dockerfile: string;
  /** Reads that Dockerfile, for the lines that failed. Called when the build has begun, when all is saved. */
  readDockerfile(): Promise<Uint8Array>;
  run(listener: BuildListener, signal: AbortSignal): Promise<BuildSummary>;
  readonly clock: Clock;
  /** A task's terminal ends with the build and has its exit code; another stays until a key is pressed. */
  readonly task: boolean;
}

const interrupt = '\x03';
const paint = colourPaint;
const pressAnyKey = paint.output('Press any key to close the terminal.');

export class BuildTerminal implements Pseudoterminal {
  readonly #options: BuildTerminalOptions;
  readonly #written = new EventEmitter<string>();
  readonly #closed = new EventEmitter<number | void>();
  readonly #abort = new AbortController();
  readonly #printer: PlainPrinter;
  /** What was written before the terminal was open; undefined since. */
  #held: string[] | undefined = [];
  #heldLength = 0;
  #begun = false;
  /** How it ended; undefined while it has not. */
  #exitCode: number | undefined;

  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;

  constructor(options: BuildTerminalOptions) {
    this.#options = options;
    this.#printer = new PlainPrinter((lines) => this.#print(lines), options.clock, { colours: true, paint });
  }

  /** Begins the build, if it has not begun: no need to wait for the terminal to open. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    void this.#run();
  }

  open(): void {
    const held = this.#held?.join('') ?? '';
    this.#held = undefined;
    if (held !== '') this.#written.fire(held);
    this.begin();
    this.#endTask();
  }

  handleInput(data: string): void {
    if (this.#exitCode === undefined) {
      if (data.includes(interrupt)) this.#cancel();
    } else if (!this.#options.task) {
      this.#closed.fire();
    }
  }

  /** The terminal was closed. */
  close(): void {
    this.#abort.abort();
    this.#written.dispose();
    this.#closed.dispose();
  }

  #cancel(): void {
    if (this.#abort.signal.aborted) return;
    this.#print([paint.cancelled('Cancelling…')]);
    this.#abort.abort();
  }

  async #run(): Promise<void> {
    const { title, dockerfile: path, run } = this.#options;
    let content: Promise<Uint8Array | undefined> | undefined;
    const onEvent: BuildListener['onEvent'] = (event) => {
      content ??= this.#options.readDockerfile().catch(() => undefined);
      this.#printer.update(event);
    };
    this.#print([paint.name(escapeControls(`Building ${title} from ${path}`)), '']);
    try {
      const summary = await run({ onEvent }, this.#abort.signal);
      this.#printer.finish({ ok: true });
      this.#end(successReport(summary, paint), 0);
    } catch (thrown) {
      const error = PresyncError.from(thrown);
      const built = await content;
      const dockerfile = built === undefined ? {} : { dockerfile: { name: path, content: built } };
      this.#printer.finish({ ok: false, error, ...dockerfile });
      this.#end(failureReport(error, path, paint), exitCode(error));
    }
  }

  #end(report: readonly string[], exit: number): void {
    const { task } = this.#options;
    this.#exitCode = exit;
    this.#print(['', ...report, '', ...(task ? [] : [pressAnyKey])]);
    this.#endTask();
  }

  /** A task's terminal ends with its build, once it is open; after a failure not before VS Code thinks that it began. */
  #endTask(): void {
    const { task, clock } = this.#options;
    const exit = this.#exitCode;
    if (!task || exit === undefined || this.#held !== undefined) return;
    if (exit === 0) return this.#closed.fire(exit);
    clock.schedule(buildLimits.launch, () => this.#closed.fire(exit));
  }

  #print(lines: readonly string[]): void {
    const text = lines.map((line) => `${line}\r\n`).join('');
    if (this.#held === undefined) return this.#written.fire(text);
    this.#held.push(text);
    this.#heldLength += text.length;
    while (this.#heldLength > buildLimits.heldOutput) this.#heldLength -= this.#held.shift()?.length ?? 0;
  }
}
