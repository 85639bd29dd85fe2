/** What the view of build contexts shows, and how it says it. */
import { formatBytes, formatCount } from '../../client/progress/format.ts';
import type { KeptContext } from '../contexts/keptContexts.ts';
import type { ContextSource, ListedEntry, Listing } from '../link/workerApi.ts';

export type ContextNode = RootNode | EntryNode | NoteNode;

/** A context, where there are several. */
interface RootNode {
  readonly kind: 'root';
  readonly context: KeptContext;
}

/** A folder or file of a context, or one that is excluded from it. */
export interface EntryNode {
  readonly kind: 'entry';
  readonly key: string;
  readonly source: ContextSource;
  readonly entry: ListedEntry;
}

/** Something to be said in between. */
export interface NoteNode {
  readonly kind: 'note';
  /** Unlike that of any other. */
  readonly id: string;
  readonly text: string;
  readonly isFailure: boolean;
}

/** The nodes of a folder, in the order in which they are listed. */
export function nodesOf(
  { key, source }: KeptContext | EntryNode,
  path: string,
  { entries, omitted }: Listing,
): ContextNode[] {
  const nodes = entries.map((entry): ContextNode => ({ kind: 'entry', key, source, entry }));
  if (entries.length === 0 && path === '') return [noteNode(key, path, 'Nothing is in this build context.')];
  return omitted === 0 ? nodes : [...nodes, noteNode(key, path, `… and ${omitted} more`)];
}

export function noteNode(key: string, path: string, text: string, isFailure = false): NoteNode {
  return { kind: 'note', id: `${key}\n${path}\nnote`, text, isFailure };
}

/** The same for the same thing at any time, so that what is expanded stays so. */
export function idOf(node: ContextNode): string {
  switch (node.kind) {
    case 'root':
      return node.context.key;
    case 'entry':
      // A folder can be listed twice: excluded, and in the context for the sake of what is below it.
      return `${node.key}\n${node.entry.path}\n${isExcluded(node) ? 'excluded' : 'included'}`;
    case 'note':
      return node.id;
  }
}

export function isExcluded({ entry }: EntryNode): boolean {
  return entry.excludedBy !== undefined;
}

export function labelOf(node: ContextNode): string {
  switch (node.kind) {
    case 'root':
      return node.context.name;
    case 'entry':
      return node.entry.path.slice(node.entry.path.lastIndexOf('/') + 1);
    case 'note':
      return node.text;
  }
}

/** Behind the label. */
export function descriptionOf(node: ContextNode): string {
  switch (node.kind) {
    case 'root':
      return sizeText(node.context.view ?? { files: 0, bytes: 0 });
    case 'entry':
      return entryText(node.entry);
    case 'note':
      return '';
  }
}

/** For screen readers: what it is and how large. */
export function spokenLabelOf(node: ContextNode): string {
  if (node.kind === 'note') return node.text;
  const kind = node.kind === 'root' ? 'build context' : kinds[node.entry.kind];
  return [labelOf(node), kind, descriptionOf(node)].join(', ');
}

const kinds = { directory: 'folder', file: 'file', symlink: 'symbolic link' } as const;

function entryText({ kind, files, bytes, excludedBy }: ListedEntry): string {
  if (excludedBy !== undefined) return excludedBy === '' ? 'not used by builds' : `excluded by ${excludedBy}`;
  if (kind === 'symlink') return 'link';
  return kind === 'directory' ? sizeText({ files, bytes }) : formatBytes(bytes);
}

/** As in '12 files, 3.40MB'. */
export function sizeText({ files, bytes }: { readonly files: number; readonly bytes: number }): string {
  return `${formatCount(files, 'file')}, ${formatBytes(bytes)}`;
}
