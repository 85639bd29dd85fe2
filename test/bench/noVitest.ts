/** Stands for vitest where test helpers are used outside a test: hooks that nobody runs. */
const nothing = (): void => {};

export const afterAll = nothing;
export const beforeAll = nothing;
export const onTestFinished = nothing;
