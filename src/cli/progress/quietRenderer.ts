import type { ProgressRenderer } from './progressRenderer.ts';

/** Shows nothing. */
export const quietRenderer: ProgressRenderer = { update: () => {}, finish: () => Promise.resolve() };
