/** What a kind of report shows. */
import type { Look } from "../../figures/look.ts";

/** The part of a page below its headline. */
export interface Body {
  readonly subtitle: string;
  readonly parts: readonly HTMLElement[];
  draw(look: Omit<Look, "width">, width: number | undefined): void;
}
