import type { ConfigurationScope, WorkspaceFolder } from 'vscode';
import { workspace } from 'vscode';
import type { ProofTime } from '../client/buildClient.ts';
import type { ContextSource } from './link/workerApi.ts';
import { readSources } from './contexts/contextSource.ts';

const proofTimes = ['before', 'concurrent', 'off'] as const;
const warningTimes = ['auto', 'on', 'off'] as const;

/** What a setting may be. */
const flags = ['saveBeforeBuild', 'buildInBackground', 'codeLens'];
const choices = { proof: proofTimes, 'diagnostics.buildkitWarnings': warningTimes };

/** The settings of Presync. A value of a wrong type counts as the default, and is named by `problems`. */
export class Settings {
  /** Where the daemon is: a DAEMON as on the command line; '' for the user's own. */
  get daemon(): string {
    return text('daemon', '');
  }

  /** When a build is compared with the workspace. */
  get proof(): ProofTime {
    const value = get('proof');
    return proofTimes.find((known) => known === value) ?? 'concurrent';
  }

  get saveBeforeBuild(): boolean {
    return flag('saveBeforeBuild', true);
  }

  /** Whether the last build is run in the background after each change. */
  get buildInBackground(): boolean {
    return flag('buildInBackground', false);
  }

  get codeLens(): boolean {
    return flag('codeLens', true);
  }

  /** Whether BuildKit's warnings are problems, as it stands there. */
  get buildkitWarnings(): unknown {
    return get('diagnostics.buildkitWarnings');
  }

  /** The contexts of a workspace folder. Looks at no file. */
  sources(folder: WorkspaceFolder): readonly ContextSource[] {
    return readSources(get('contexts', folder), folder.uri.fsPath).sources;
  }

  /** The contexts that the setting itself names, if it names any. Looks at no file. */
  named(folder: WorkspaceFolder): readonly ContextSource[] {
    const { sources, named } = readSources(get('contexts', folder), folder.uri.fsPath);
    return named ? sources : [];
  }

  /** What is wrong with the settings, a sentence each. Looks at no file. */
  problems(folders: readonly WorkspaceFolder[]): string[] {
    const wrong: string[] = [];
    for (const folder of folders) {
      const { problem } = readSources(get('contexts', folder), folder.uri.fsPath);
      if (problem !== undefined) wrong.push(`presync.contexts: ${problem}.`);
    }
    if (typeof get('daemon') !== 'string') wrong.push('presync.daemon: it has to be text.');
    for (const name of flags) {
      if (typeof get(name) !== 'boolean') wrong.push(`presync.${name}: it has to be true or false.`);
    }
    for (const [name, known] of Object.entries(choices)) {
      if (!known.some((value) => value === get(name))) wrong.push(`presync.${name}: it has to be ${orList(known)}.`);
    }
    return [...new Set(wrong)];
  }
}

/** "a", "b" or "c" */
function orList(values: readonly string[]): string {
  const quoted = values.map((value) => `"${value}"`);
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

function get(name: string, scope?: ConfigurationScope): unknown {
  return workspace.getConfiguration('presync', scope).get<unknown>(name);
}

function text(name: string, fallback: string): string {
  const value = get(name);
  return typeof value === 'string' ? value : fallback;
}

function flag(name: string, fallback: boolean): boolean {
  const value = get(name);
  return typeof value === 'boolean' ? value : fallback;
}
