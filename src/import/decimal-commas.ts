/** Numbers of a table in which a comma may be the decimal point, as in `0,5`. */
import type { Separator } from "./cells.ts";

export class DecimalCommas {
  readonly #separator: Separator | " ";
  #withComma: string | undefined;
  #withPoint: string | undefined;
  #isMixed = false;

  constructor(separator: Separator | " ") {
    this.#separator = separator;
  }

  /**
   * With a point for the comma; other texts as they are. `report`: of the first number by which the table has both, since
   * its commas may group thousands: `1,234` beside `987.6`.
   */
  pointed(text: string, report: (message: string) => void): string {
    if (this.#separator === ",") return text;
    const found = /^([-+]?\d*)([,.])(\d+)$/.exec(text);
    if (found === null) return text;
    const [, whole, mark, decimals] = found;
    if (mark === ",") this.#withComma ??= text;
    else this.#withPoint ??= text;
    if (!this.#isMixed && this.#withComma !== undefined && this.#withPoint !== undefined) {
      this.#isMixed = true;
      report(
        `the table has "${this.#withComma}" and "${this.#withPoint}", so a comma may group thousands; write each number with a point`,
      );
    }
    return `${whole}.${decimals}`;
  }
}
