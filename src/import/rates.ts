/** Rates of tasks as people give them for an import: one for all, one for each in order, or one for each name. */
import { nameHint } from "../input/closest.ts";
import { decimal } from "../input/decimal.ts";
import { RequestError } from "../input/request-error.ts";
import { kebabCase } from "./ids.ts";

export interface Rates {
  /** For what has no rate of its own. */
  readonly fallback?: number;
  /** One for each, in order; at least two, and nothing beside them. */
  readonly inOrder?: readonly number[];
  /** By name as written, in its order. */
  readonly byName: ReadonlyMap<string, number>;
}

const highestFps = 1_000_000;

/** `30`; `30`, `60`; `30`, `hands=45`. Throws RequestError. */
export function ratesOf(texts: readonly string[]): Rates {
  const byName = new Map<string, number>();
  const nameless: number[] = [];
  for (const text of texts) {
    const split = text.lastIndexOf("=");
    const fps = decimal(text.slice(split + 1).trim());
    if (!(fps > 0 && fps <= highestFps))
      throw new RequestError(`--fps takes 30 or model=30, got ${JSON.stringify(text)}`);
    const name = text.slice(0, Math.max(0, split)).trim();
    if (split < 0) nameless.push(fps);
    else if (byName.has(name)) throw new RequestError(`--fps has two rates for ${name}`);
    else byName.set(name, fps);
  }
  const [fallback, ...others] = nameless;
  if (fallback === undefined) return { byName };
  if (others.length === 0) return { byName, fallback };
  if (byName.size === 0) return { byName, inOrder: nameless };
  throw new RequestError("--fps takes a rate for each model in order, or one rate and others by name (30,hands=45)");
}

/**
 * The rate of each thing by its names, of which any may be used; undefined where none is given. Throws RequestError if
 * a name means nothing, or several things, or if there are more or fewer rates in order than things.
 */
export function rateOfEach(rates: Rates, names: readonly (readonly string[])[]): readonly (number | undefined)[] {
  const known = names.map(([first = ""]) => first);
  if (rates.inOrder !== undefined) return inOrder(rates.inOrder, known);
  const found = names.map((): number | undefined => undefined);
  for (const [name, fps] of rates.byName) {
    const asked = kebabCase(name, "");
    const own = names.flatMap((each, i) => (each.some((one) => kebabCase(one, "") === asked) ? [i] : []));
    if (own.length === 0) throw new RequestError(`--fps: nothing is called "${name}"${nameHint(name, known)}`);
    if (own.length > 1)
      throw new RequestError(`--fps: several models are called "${name}": ${own.map((i) => known[i]).join(", ")}`);
    found[own[0]!] = fps;
  }
  return found;
}

function inOrder(rates: readonly number[], known: readonly string[]): readonly number[] {
  if (rates.length === known.length) return rates;
  const models = `${known.length === 1 ? "one model" : `${known.length} models`}: ${known.join(", ")}`;
  throw new RequestError(`--fps has ${rates.length} rates, and there ${known.length === 1 ? "is" : "are"} ${models}`);
}
