/** What moved beside the numbers: files and parameters. Pure. */
import type { ParameterValues } from "../../core/scheduler.ts";
import type { Cause, InputChange, ParameterChange } from "../../records/check-report.ts";
import type { Baseline, BaselineCase, BaselineRow, FileId } from "./baseline.ts";

/** As many digits of a hash as people compare. */
const DIGITS = 12;

/** Of files that any run of both read; a file that is new, or no longer read, has moved, too. */
export function inputChanges(before: Baseline, now: Baseline): readonly InputChange[] {
  return unionOf(before.inputs, now.inputs)
    .filter((file) => before.inputs[file] !== now.inputs[file])
    .map((file) => ({ file, before: shortened(before.inputs[file]), now: shortened(now.inputs[file]) }));
}

const shortened = (hash: string | undefined): string | null => hash?.slice(0, DIGITS) ?? null;

/** Defaults that were added, removed or changed since, of schedulers that have run: those the user gave are the same. */
export function parameterChanges(before: Baseline, now: Baseline): readonly ParameterChange[] {
  const ran = new Set(now.rows.map(({ scheduler }) => scheduler));
  return before.schedulers.flatMap(({ label, params }, index) => {
    if (!ran.has(label)) return [];
    const paramsNow = now.schedulers[index]!.params;
    return changedParameters(params, paramsNow).map((parameter) => ({
      scheduler: label,
      parameter,
      before: params[parameter] ?? null,
      now: paramsNow[parameter] ?? null,
    }));
  });
}

const changedParameters = (before: ParameterValues, now: ParameterValues): readonly string[] =>
  unionOf(before, now).filter((name) => before[name] !== now[name]);

const unionOf = (...all: readonly Readonly<Record<string, unknown>>[]): readonly string[] => [
  ...new Set(all.flatMap((each) => Object.keys(each))),
];

/** What can have moved a row: its own files, its scheduler's parameters; where neither has, the code. */
export function causesOf(row: BaselineRow, before: Baseline, now: Baseline): readonly Cause[] {
  const hasInputs = filesOf(row, before, now).some((file) => before.inputs[file] !== now.inputs[file]);
  const at = schedulerIndexOf(row, before);
  const [params, paramsNow] = [before.schedulers[at]!.params, now.schedulers[at]!.params];
  const hasParameters = changedParameters(params, paramsNow).length > 0;
  const causes: Cause[] = [
    ...(hasInputs ? ["inputs" as const] : []),
    ...(hasParameters ? ["parameters" as const] : []),
  ];
  return causes.length === 0 ? ["code"] : causes;
}

/** That the row's runs read, then or now. */
function filesOf(row: BaselineRow, before: Baseline, now: Baseline): readonly FileId[] {
  const isOfRow = ({ scenario, system }: BaselineCase) => scenario === row.scenario && system === row.system;
  const ofCase = [...before.cases, ...now.cases].filter(isOfRow).flatMap(({ inputs }) => inputs);
  const at = schedulerIndexOf(row, before);
  const ofScheduler = [before, now].flatMap(({ schedulers }) => {
    const { scheduler, imports = [] } = schedulers[at]!;
    return [scheduler, ...imports];
  });
  return [...ofCase, ...ofScheduler];
}

const schedulerIndexOf = ({ scheduler }: BaselineRow, { schedulers }: Baseline): number =>
  schedulers.findIndex(({ label }) => label === scheduler);
