/** What a click on the status bar item offers: what can be done now, the most likely first. */
import type { QuickPickItem } from 'vscode';
import { commands, window } from 'vscode';
import type { WindowState } from '../status/statusModel.ts';
import { contextPhase, failureOf, phaseOf } from '../status/statusModel.ts';

export interface MenuItem extends QuickPickItem {
  readonly command: string;
}

/** Everything that the menu depends on. */
export interface MenuState extends WindowState {
  readonly trusted: boolean;
  readonly hasLastBuild: boolean;
}

export async function showMenu(state: MenuState): Promise<void> {
  const picked = await window.showQuickPick(menuItems(state), { placeHolder: placeHolder(state) });
  if (picked !== undefined) await commands.executeCommand(picked.command);
}

export function menuItems(state: MenuState): MenuItem[] {
  const log = item('$(output) Show Log', 'presync.showLog');
  if (!state.trusted) return [item('$(shield) Manage Workspace Trust', 'workbench.trust.manage'), log];
  const kept = state.contexts.length > 0;
  const cancel = item('$(stop-circle) Cancel Build', 'presync.cancelBuild');
  const rebuild = item('$(history) Rebuild Last', 'presync.rebuildLast');
  const build = [
    item('$(play) Build Image', 'presync.buildImage'),
    item('$(settings) Build Image…', 'presync.buildImageWith'),
    ...(state.hasLastBuild ? [rebuild] : []),
    item('$(export) Build and Export…', 'presync.buildAndExport'),
  ];
  const pause = state.paused
    ? item('$(debug-start) Resume Context Sync', 'presync.resumeSync')
    : item('$(debug-pause) Pause Context Sync', 'presync.pauseSync');
  return [
    ...(state.building !== undefined ? [cancel] : []),
    ...(kept ? [] : [item('$(sync) Keep in Sync', 'presync.keepInSync')]),
    ...build,
    ...(kept
      ? [
          ...(state.paused ? [] : [item('$(refresh) Sync Build Context Now', 'presync.syncNow')]),
          pause,
          item('$(list-tree) Show Build Context', 'presync.showContext'),
        ]
      : []),
    item('$(server) Select Builder', 'presync.selectBuilder'),
    item('$(debug-restart) Restart Daemon', 'presync.restartDaemon'),
    log,
    ...(kept
      ? [
          item('$(add) Keep Another in Sync', 'presync.keepInSync'),
          item('$(circle-slash) Stop Keeping in Sync', 'presync.stopKeeping'),
        ]
      : []),
  ];
}

function item(label: string, command: string): MenuItem {
  return { label, command };
}

function placeHolder(state: MenuState): string {
  if (!state.trusted) return 'This workspace is not trusted: nothing of it is read, sent or built';
  switch (phaseOf(state)) {
    case 'off':
      return 'Nothing is sent yet';
    case 'attention': {
      const failing = state.contexts.find((context) => contextPhase(context) === 'attention');
      const failure = failing && failureOf(failing);
      return failure === undefined
        ? 'Some files cannot be sent: see the tooltip'
        : `${failure.message} ${failure.hint}`;
    }
    case 'offline':
      return 'The daemon does not answer; trying to connect again';
    default:
      return 'Presync';
  }
}
