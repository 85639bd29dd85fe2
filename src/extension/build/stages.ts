/** The stages of a Dockerfile, as far as its text tells: enough to offer them, while BuildKit's frontend decides. */
import { DockerfileParser } from 'dockerfile-ast';

export interface Stage {
  /** '' for one without a name. */
  readonly name: string;
  /** The first line of its FROM, from 0. */
  readonly line: number;
}

/** In their order. Words in heredocs and comments are no stages; a FROM without an image is one that is being typed. */
export function readStages(dockerfile: string): Stage[] {
  return DockerfileParser.parse(dockerfile)
    .getFROMs()
    .filter((from) => from.getImage() !== null)
    .map((from) => ({ name: from.getBuildStage() ?? '', line: from.getRange().start.line }));
}
