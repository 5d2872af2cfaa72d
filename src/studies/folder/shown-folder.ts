/** A folder that a study keeps its work in, or finds it in. */

export interface ShownFolder {
  /** Absolute. */
  readonly path: string;
  /** As the user is shown it. */
  readonly shown: string;
}

/** What happens if a folder holds work of this study already. */
export type Present = "resume" | "refuse";
