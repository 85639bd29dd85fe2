/**
 * Before a context leaves the machine for the first time: what it holds is read (nothing is sent), and the user is
 * asked what has to be asked. All of it ends with CANCELLED when the user does not agree, and with UNTRUSTED at once in
 * Restricted Mode.
 */
import { commands, ProgressLocation, window } from 'vscode';
import { cancelled } from '../../base/errors.ts';
import { formatBytes, formatCount } from '../../client/progress/format.ts';
import type { ContextSource, Destination, Survey, WorkerLink } from '../link/workerApi.ts';
import type { Action, Messages } from '../messages.ts';
import { requireTrust } from '../trust.ts';
import type { Consent } from './consent.ts';
import { nameOf } from './contextSource.ts';
import { agreed, concernsOf, largeEntries } from './uploadGuard.ts';

export interface AgreementPorts {
  readonly worker: WorkerLink;
  readonly consent: Consent;
  readonly messages: Messages;
  destination(): Destination;
  /** What the user calls the builder. */
  builderName(): string;
  /** DOCKERFILE_NOT_FOUND, CONTEXT_UNREADABLE. */
  readDockerfile(path: string): Promise<unknown>;
  /** Adds paths of a context to its ignore file. */
  ignore(source: ContextSource, paths: readonly string[]): Promise<void>;
}

/** How many names fit into a dialog. */
const shownNames = 8;

export class Agreement {
  readonly #ports: AgreementPorts;

  constructor(ports: AgreementPorts) {
    this.#ports = ports;
  }

  /** The user asked for the context to be kept in sync. */
  async keep(source: ContextSource, signal?: AbortSignal): Promise<void> {
    requireTrust();
    await this.#agree(source, undefined, signal);
  }

  /** The user asked for a build: without an earlier agreement that alone does not mean that files may be sent. */
  async build(source: ContextSource, signal: AbortSignal): Promise<void> {
    requireTrust();
    const { consent, destination } = this.#ports;
    if (consent.isGiven(source, destination())) return;
    await this.#agree(source, (survey) => this.#confirmBuild(source, survey), signal);
  }

  async #agree(
    source: ContextSource,
    confirm: ((survey: Survey) => Promise<void>) | undefined,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { consent, destination, readDockerfile } = this.#ports;
    await readDockerfile(source.dockerfile);
    const first = await this.#survey(source, signal);
    await confirm?.(first);
    const survey = await this.#settleConcerns(source, first, signal);
    if (signal?.aborted) throw cancelled(signal.reason);
    await consent.answer(source, agreed(survey, consent.answered(source)));
    await consent.give(source, destination());
  }

  async #confirmBuild(source: ContextSource, survey: Survey): Promise<void> {
    const yes = 'Build and Keep in Sync';
    const message = `Build ${nameOf(source)} with Presync?`;
    const detail =
      `Its build context (${sizeOf(survey)}) is sent to ${this.#ports.builderName()}, ` +
      'and kept in sync there from now on.';
    if ((await window.showInformationMessage(message, { modal: true, detail }, yes)) !== yes) throw cancelled();
  }

  /** Reads the folder again when the user has changed what is in the context. */
  async #settleConcerns(source: ContextSource, survey: Survey, signal: AbortSignal | undefined): Promise<Survey> {
    for (;;) {
      const { size, secrets } = concernsOf(survey, this.#ports.consent.answered(source));
      const ignored = secrets.length > 0 && (await this.#askSecrets(source, secrets)) === 'ignore';
      if (!ignored) {
        await this.#tellSize(source, survey, size);
        return survey;
      }
      await this.#ports.ignore(source, secrets);
      survey = await this.#survey(source, signal);
    }
  }

  async #askSecrets(source: ContextSource, secrets: readonly string[]): Promise<'send' | 'ignore'> {
    const [ignore, send] = ['Add to .dockerignore', 'Send Them'];
    const message = `${formatCount(secrets.length, 'file')} in the build context of ${nameOf(source)} may hold secrets.`;
    const picked = await window.showWarningMessage(message, { modal: true, detail: listOf(secrets) }, ignore, send);
    if (picked === undefined) throw cancelled();
    return picked === send ? 'send' : 'ignore';
  }

  async #tellSize(source: ContextSource, survey: Survey, size: 'fine' | 'warn' | 'ask'): Promise<void> {
    if (size === 'fine') return;
    const message = `The build context of ${nameOf(source)} is large: ${sizeOf(survey)}.`;
    const largest = listOf(survey.largest.map(({ path, bytes }) => `${path}  ${formatBytes(bytes)}`));
    if (size === 'warn') {
      const names = largeEntries(source, survey).slice(0, 3);
      const advice = `What is not needed can go into .dockerignore${names.length === 0 ? '' : `: ${names.join(', ')}`}.`;
      void this.#ports.messages.warn(`${message} ${advice}`, showContext);
      return;
    }
    const send = 'Sync Anyway';
    const detail = `Largest:\n${largest}\n\nWhat a build does not need can go into .dockerignore.`;
    if ((await window.showWarningMessage(message, { modal: true, detail }, send)) !== send) throw cancelled();
  }

  #survey(source: ContextSource, signal?: AbortSignal): Promise<Survey> {
    const survey = this.#ports.worker.request('survey', { source }, signal);
    const options = { location: ProgressLocation.Window, title: `Presync: reading ${nameOf(source)}` };
    void window.withProgress(options, () => survey.catch(() => {}));
    return survey;
  }
}

const showContext: Action = {
  title: 'Show Build Context',
  run: () => commands.executeCommand('presync.showContext'),
};

function sizeOf({ files, bytes }: Survey): string {
  return `${formatCount(files, 'file')}, ${formatBytes(bytes)}`;
}

function listOf(names: readonly string[]): string {
  const more = names.length - shownNames;
  return [...names.slice(0, shownNames), ...(more > 0 ? [`… and ${more} more`] : [])].join('\n');
}
