/** Rates of tasks as people give them for an import: one for all, or one for each name. */
import { nameHint } from "../input/closest.ts";
import { decimal } from "../input/decimal.ts";
import { RequestError } from "../input/request-error.ts";
import { kebabCase } from "./ids.ts";

export interface Rates {
  /** For what has no rate of its own. */
  readonly fallback?: number;
  /** By name as written, in its order. */
  readonly byName: ReadonlyMap<string, number>;
}

const highestFps = 1_000_000;

/** `30`, `hands=45`. Throws RequestError. */
export function ratesOf(texts: readonly string[]): Rates {
  const byName = new Map<string, number>();
  let fallback: number | undefined;
  for (const text of texts) {
    const split = text.lastIndexOf("=");
    const fps = decimal(text.slice(split + 1).trim());
    if (!(fps > 0 && fps <= highestFps))
      throw new RequestError(`--fps takes 30 or model=30, got ${JSON.stringify(text)}`);
    const name = text.slice(0, Math.max(0, split)).trim();
    if (split < 0) fallback = fps;
    else if (byName.has(name)) throw new RequestError(`--fps has two rates for ${name}`);
    else byName.set(name, fps);
  }
  return { byName, ...(fallback === undefined ? {} : { fallback }) };
}

/**
 * The rate of each thing by its names, of which any may be used; undefined where none is given. Throws RequestError if
 * a name means nothing, or several things.
 */
export function rateOfEach(rates: Rates, names: readonly (readonly string[])[]): readonly (number | undefined)[] {
  const found = names.map((): number | undefined => undefined);
  for (const [name, fps] of rates.byName) {
    const asked = kebabCase(name, "");
    const own = names.flatMap((each, i) => (each.some((one) => kebabCase(one, "") === asked) ? [i] : []));
    const known = names.map(([first = ""]) => first);
    if (own.length === 0) throw new RequestError(`--fps: nothing is called "${name}"${nameHint(name, known)}`);
    if (own.length > 1)
      throw new RequestError(`--fps: several models are called "${name}": ${own.map((i) => known[i]).join(", ")}`);
    found[own[0]!] = fps;
  }
  return found;
}
