/**
 * Which builder, in the client's words: what the user typed, and the environment that gives a default.
 * It travels to the daemon, whose own environment is that of the day it was started.
 */
export interface EngineSelector {
  /** A BUILDER of the command line; '' for the default. */
  readonly spec: string;
  readonly env: EngineEnvironment;
}

/** The variables that decide what the default builder is. Paths in them are on the client's machine. */
export type EngineEnvironment = Readonly<Partial<Record<EngineVariable, string>>>;

export const engineVariables = [
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_CONFIG',
  'DOCKER_TLS_VERIFY',
  'DOCKER_CERT_PATH',
  'HOME',
  'USERPROFILE',
  'XDG_RUNTIME_DIR',
] as const;

export type EngineVariable = (typeof engineVariables)[number];

/** The engine that is meant, where a client elsewhere, whose environment says nothing here, leaves it to the daemon. */
export function chosenEngine(selector: EngineSelector, own: EngineSelector): EngineSelector {
  if (Object.keys(selector.env).length > 0) return selector;
  return { spec: selector.spec || own.spec, env: own.env };
}

/** The part of an environment that decides the default builder. */
export function engineEnvironment(env: Readonly<Record<string, string | undefined>>): EngineEnvironment {
  const kept: Partial<Record<EngineVariable, string>> = {};
  for (const name of engineVariables) {
    const value = env[name];
    if (value !== undefined && value !== '') kept[name] = value;
  }
  return kept;
}
