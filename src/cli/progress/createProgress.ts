import type { Clock } from '../../base/time.ts';
import { unreachable } from '../../base/errors.ts';
import type { ProgressMode } from '../options.ts';
import { FancyRenderer } from './fancyRenderer.ts';
import { PlainRenderer } from './plainRenderer.ts';
import type { ProgressRenderer } from './progressRenderer.ts';
import type { Environment, ProgressStream } from './progressStream.ts';
import { canRedraw, forbidsColours } from './progressStream.ts';
import { quietRenderer } from './quietRenderer.ts';
import { RawJsonRenderer } from './rawJsonRenderer.ts';

export interface ProgressOptions {
  readonly clock: Clock;
  readonly env: Environment;
}

/** A renderer for one build. `auto` and `tty` redraw in place on a terminal and print plain lines elsewhere. */
export function createProgress(mode: ProgressMode, stream: ProgressStream, options: ProgressOptions): ProgressRenderer {
  const { clock, env } = options;
  const colours = !forbidsColours(env);
  switch (mode) {
    case 'auto':
    case 'tty':
      if (canRedraw(stream, env)) return new FancyRenderer(stream, clock, { colours });
      return new PlainRenderer(stream, clock, { colours });
    case 'plain':
      return new PlainRenderer(stream, clock, { colours });
    case 'rawjson':
      return new RawJsonRenderer(stream);
    case 'quiet':
      return quietRenderer;
    default:
      return unreachable(mode);
  }
}
