/**
 * The forms of a BUILDER, as far as they can be told from any other text. Which engine is meant, and whether it is there,
 * is found out beside the engine.
 */

const forms = /^(unix|npipe|tcp|ssh|docker-context|buildx|docker-container):\/\/./s;

export const builderForms =
  'unix:///path/to/docker.sock, npipe:////./pipe/name, tcp://host:port, ssh://user@host or docker-context://NAME';

export function isBuilderAddress(text: string): boolean {
  return forms.test(text);
}
