/** Changes of files and parameters between two baselines. Pure. */
import type { ParameterValues } from "../../core/scheduler.ts";
import type { Cause, InputChange, ParameterChange } from "../../records/check-report.ts";
import type { Baseline, BaselineCase, BaselineRow, FileId } from "./baseline.ts";

/** Hash digits shown to users. */
const DIGITS = 12;

/** Changes of all files that any run read. Files that are new or no longer read count as changes. */
export function inputChanges(before: Baseline, now: Baseline): readonly InputChange[] {
  return unionOf(before.inputs, now.inputs)
    .filter((file) => before.inputs[file] !== now.inputs[file])
    .map((file) => ({ file, before: shortened(before.inputs[file]), now: shortened(now.inputs[file]) }));
}

const shortened = (hash: string | undefined): string | null => hash?.slice(0, DIGITS) ?? null;

/** Added, removed and changed defaults of the schedulers that ran. User-set parameters are equal by construction. */
export function parameterChanges(before: Baseline, now: Baseline): readonly ParameterChange[] {
  const measured = new Set(now.rows.map(({ scheduler }) => scheduler));
  return before.schedulers.flatMap(({ label, params }, index) => {
    if (!measured.has(label)) return [];
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

/** Possible causes of a row's changes: its files and its scheduler's parameters, or the code if neither changed. */
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

/** Files that the row's runs read, then or now. */
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
