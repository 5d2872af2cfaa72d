/** How times vary from job to job, in words. */
import type { Spread } from "../core/spread.ts";
import type { Accelerator, TableRow } from "../core/system.ts";
import { msText, shortNumber } from "./short-figures.ts";

/** One text for all accelerators that vary alike; none for those that do not vary. */
export function variationTexts(accelerators: readonly Accelerator[]): string[] {
  const idsByText = new Map<string, string[]>();
  for (const { id, executionVariation } of accelerators) {
    if (executionVariation === undefined) continue;
    const text = `${spreadText(executionVariation)}, drawn for each ${executionVariation.per ?? "layer"}`;
    idsByText.set(text, [...(idsByText.get(text) ?? []), id]);
  }
  const ofAccelerators = [...idsByText].map(([text, ids]) => `${ids.join(", ")}: ${text}`);
  return [...ofAccelerators, ...accelerators.flatMap(measuredText)];
}

function measuredText({ id, costs }: Accelerator): string[] {
  const rows = costs.kind === "table" ? costs.rows : [];
  return rows.flatMap((row) =>
    row.spread === undefined || row.spread === "none" ? [] : [`${id}, ${nameOf(row)}: ${spreadText(row.spread)}`],
  );
}

const nameOf = ({ model, variant, layer, units }: TableRow): string =>
  [model, variant, layer, units !== undefined && `on ${units} units`].filter(Boolean).join(" ");

function spreadText(spread: Spread): string {
  switch (spread.kind) {
    case "uniform":
      return `uniform, ${shortNumber(100 * spread.plusMinus)} % around the nominal latency`;
    case "lognormal":
      return `lognormal, standard deviation ${shortNumber(100 * spread.cv)} % of the nominal latency`;
    case "range":
      return `uniform, ${msText(spread.lowNs)} to ${msText(spread.highNs)} ms`;
    case "samples":
      return `one of ${spread.latenciesNs.length} samples, ${msText(spread.latenciesNs[0]!)} to ${msText(spread.latenciesNs.at(-1)!)} ms`;
    case "sum":
      return "the sum of its layers";
    default:
      return spread satisfies never;
  }
}
