import type { StatusBarItem } from 'vscode';
import { StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import type { Clock } from '../../base/time.ts';
import type { Phase, StatusText, WindowState } from './statusModel.ts';
import { statusText } from './statusModel.ts';
import { SteadyStatus } from './steadyStatus.ts';
import type { TooltipFacts } from './tooltip.ts';
import { statusTooltip } from './tooltip.ts';

/** Only what the user has to act upon, or wait for, has a colour. */
const backgrounds: Partial<Record<Phase, string>> = {
  attention: 'statusBarItem.warningBackground',
  offline: 'statusBarItem.warningBackground',
};

/** Among what belongs to the workspace, behind the source control items. */
const priority = 40;

/** The one item in the status bar. A click opens the menu, always. */
export class StatusItem implements Disposable {
  readonly #item: StatusBarItem;
  readonly #steady: SteadyStatus;

  constructor(clock: Clock) {
    this.#item = window.createStatusBarItem('presync.status', StatusBarAlignment.Left, priority);
    this.#item.name = 'Presync';
    this.#item.command = 'presync.menu';
    this.#steady = new SteadyStatus(clock, (status) => this.#show(status));
  }

  update(state: WindowState, facts: TooltipFacts): void {
    this.#item.tooltip = statusTooltip(facts);
    this.#steady.update(statusText(state));
  }

  setVisible(visible: boolean): void {
    if (visible) this.#item.show();
    else this.#item.hide();
  }

  dispose(): void {
    this.#steady.dispose();
    this.#item.dispose();
  }

  #show({ phase, text, label }: StatusText): void {
    const background = backgrounds[phase];
    this.#item.text = text;
    this.#item.accessibilityInformation = { label, role: 'button' };
    this.#item.backgroundColor = background === undefined ? undefined : new ThemeColor(background);
  }
}
