import { MarkdownString } from 'vscode';
import { formatBytes, formatCount } from '../../client/progress/format.ts';
import type { KeptContext } from '../contexts/keptContexts.ts';
import { sentences } from '../sentences.ts';
import { contextPhase, failureOf, shortDigest } from './statusModel.ts';

export interface TooltipFacts {
  readonly contexts: readonly KeptContext[];
  /** What the user calls the builder. */
  readonly builder: string;
  /** The last build in one line; undefined before the first. */
  readonly lastBuild: string | undefined;
  readonly paused: boolean;
  /** The workspace is. */
  readonly trusted: boolean;
}

/** Commands that links of the tooltip may run; no others are enabled. */
const links = [
  ['presync.buildImage', 'Build Image'],
  ['presync.syncNow', 'Sync Now'],
  ['presync.showContext', 'Show Build Context'],
  ['presync.showLog', 'Show Log'],
] as const;

/** How many problems are listed. */
const shownProblems = 5;

/** Names of files and builders come from outside: they go in as text, never as Markdown. */
export function statusTooltip(facts: TooltipFacts): MarkdownString {
  const tooltip = new MarkdownString('', true);
  tooltip.isTrusted = { enabledCommands: links.map(([command]) => command) };
  tooltip.appendMarkdown('**Presync** — instant Docker builds\n\n');
  if (facts.contexts.length === 0) {
    const next = facts.trusted ? 'keep the build context in sync' : 'manage the trust in this workspace';
    return tooltip.appendMarkdown(`Off: nothing is sent. Click to ${next}.`);
  }
  if (facts.paused) tooltip.appendMarkdown('Paused: changes are not sent.\n\n');
  for (const context of facts.contexts) appendContext(tooltip, context);
  appendFact(tooltip, 'Builder', facts.builder);
  if (facts.lastBuild !== undefined) appendFact(tooltip, 'Last build', facts.lastBuild);
  return tooltip.appendMarkdown(links.map(([command, title]) => `[${title}](command:${command})`).join(' · '));
}

function appendContext(tooltip: MarkdownString, context: KeptContext): void {
  const { view } = context;
  tooltip
    .appendMarkdown('$(folder) ')
    .appendText(context.name)
    .appendMarkdown(`: ${stateOf(context)}  \n`);
  if (view !== undefined && view.snapshot !== '') {
    tooltip.appendMarkdown(`${formatCount(view.files, 'file')}, ${formatBytes(view.bytes)}, `);
    tooltip.appendMarkdown(`snapshot \`${shortDigest(view.snapshot)}\`  \n`);
  }
  const failure = failureOf(context);
  if (failure !== undefined) {
    tooltip.appendMarkdown('$(warning) ').appendText(sentences(failure.message, failure.hint)).appendMarkdown('  \n');
  }
  for (const { path, message } of view?.problems.slice(0, shownProblems) ?? []) {
    tooltip.appendMarkdown('$(warning) ').appendText(`${path}: ${message}`).appendMarkdown('  \n');
  }
  const more = (view?.problemCount ?? 0) - shownProblems;
  if (more > 0) tooltip.appendMarkdown(`and ${more} more  \n`);
  tooltip.appendMarkdown('\n');
}

function stateOf(context: KeptContext): string {
  switch (contextPhase(context)) {
    case 'inSync':
      return context.view?.primed === true ? 'in sync, a build starts at once' : 'in sync';
    case 'syncing':
      return 'syncing';
    case 'offline':
      return 'offline, trying to connect again';
    case 'attention':
      return 'needs attention';
  }
}

function appendFact(tooltip: MarkdownString, name: string, value: string): void {
  tooltip.appendMarkdown(`${name}: `).appendText(value).appendMarkdown('\n\n');
}
