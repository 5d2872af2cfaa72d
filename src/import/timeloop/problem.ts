/** Reads a problem of Timeloop, which is one layer of a network. docs/import.md#timeloop */
import { isMapping, type Mapping } from "../../input/mapping.ts";
import type { ParsedFile, Path } from "../../input/parsed-file.ts";
import type { ProblemList } from "../../input/problem-list.ts";
import { show } from "../../input/quote.ts";
import { parseYaml } from "../../input/yaml-document.ts";
import type { SourceFile } from "../imported.ts";
import type { LeftOuts } from "../left-out.ts";
import { type Roles, rolesOf } from "./shape.ts";

export interface TimeloopProblem {
  readonly file: string;
  readonly roles: Roles;
  /** Of a dimension or coefficient: 1 if the problem does not name it. */
  sizeOf(name: string | undefined): number;
  readonly includesOther: boolean;
}

/** Whether a text is such a file. */
export const isTimeloopProblem = (text: string): boolean =>
  /^problem\s*:/m.test(text) && /\binstance\s*:|\bshape\s*:/.test(text);

const largest = 1_000_000_000;

/** Undefined after problems. */
export function readProblem(
  { file, text }: SourceFile,
  problems: ProblemList,
  left: LeftOuts,
): TimeloopProblem | undefined {
  const parsed = parseYaml(file, withoutTemplates(text), problems);
  if (parsed === undefined) return undefined;
  const problem = isMapping(parsed.value) ? parsed.value.problem : undefined;
  if (!isMapping(problem)) {
    problems.add(
      parsed.problem([], "value", "MISSING_KEY", 'this is no problem of Timeloop: it has no mapping "problem"'),
    );
    return undefined;
  }
  // Old files have the sizes beside the shape.
  const [sizes, path] = isMapping(problem.instance)
    ? [problem.instance, ["problem", "instance"]]
    : [problem, ["problem"]];
  const roles = rolesOf(problem.shape);
  if (typeof roles === "string") {
    problems.add(parsed.problem(["problem", "shape"], "value", "UNSUPPORTED", roles));
    return undefined;
  }
  if (sizes.densities !== undefined) left.add("densities", "rtmm's costs are those of dense tensors", file);
  const includesOther = text !== withoutTemplates(text);
  return { file, roles, sizeOf: sizesIn(sizes, path, roles, parsed, problems), includesOther };
}

/**
 * Timeloop's front end fills in templates and merges `<<<` deeply. What a problem gets from elsewhere is the shape, so
 * blanks of the same length stand for both.
 */
function withoutTemplates(text: string): string {
  const blank = (found: string) => " ".repeat(found.length);
  const plain = text.replace(/\{\{.*?\}\}/g, blank);
  return plain.replace(/^[ \t]*<<<[ \t]*:[ \t]*\*(\S+)[ \t]*$/gm, (found, anchor: string) =>
    new RegExp(`&${anchor}\\b`).test(plain) ? found.replace("<<<", "<< ") : blank(found),
  );
}

function sizesIn(sizes: Mapping, path: Path, roles: Roles, parsed: ParsedFile, problems: ProblemList) {
  const report = (key: string, message: string) =>
    problems.add(parsed.problem([...path, key], "value", "NOT_POSITIVE", message));
  const named = namesOf(roles);
  const bySpelling = new Map<string, number>();
  const written = Object.entries(sizes).filter(([key]) => named.has(key.toLowerCase()));
  for (const [key, value] of written) {
    if (Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= largest)
      bySpelling.set(key.toLowerCase(), Number(value));
    else report(key, `${key} must be a whole number from 1 to ${largest}, got ${show(value)}`);
  }
  if (written.length === 0)
    problems.add(
      parsed.problem(path, "value", "MISSING_KEY", `no size is here; the shape has ${[...named.values()].join(", ")}`),
    );
  // Published files have `HStride` where the shape has `Hstride`.
  return (name: string | undefined): number => (name === undefined ? 1 : (bySpelling.get(name.toLowerCase()) ?? 1));
}

/** Dimensions and coefficients, by their names in lower case. */
function namesOf({ windows, groups, channels, filters, batch }: Roles): ReadonlyMap<string, string> {
  const own = windows.flatMap(({ filter, output, dilation, stride }) =>
    [filter, output, dilation ?? [], stride ?? []].flat(),
  );
  return new Map([...own, ...groups, ...channels, ...filters, ...batch].map((name) => [name.toLowerCase(), name]));
}
