/** Which tool wrote a file, so that a message can name the importer that reads it. */
import { traceFormat, formatTitles as traceTitles } from "./arrivals/formats.ts";
import { traceTable } from "./arrivals/table.ts";
import { cellRows, plainHeader } from "./cells.ts";
import { isLayerTable } from "./maestro/gamma-table.ts";
import { formatTitles as profileTitles } from "./profile/profile.ts";
import { profileFormatOf } from "./profile/read-profile.ts";
import { isTimeloopProblem } from "./timeloop/problem.ts";
import { isTimeloopStats } from "./timeloop/stats.ts";

export interface FileKind {
  /** `rtmm import <importer>` reads it. */
  readonly importer: string;
  /** As in `this is …`. */
  readonly title: string;
}

/** Undefined for rtmm's own files and those of unknown tools. */
export function fileKind(text: string): FileKind | undefined {
  const plain = text.replace(/^\uFEFF/, "");
  const found = texts.find(([, , is]) => is(plain));
  if (found !== undefined) return { importer: found[0], title: found[1] };
  const profile = profileFormatOf(plain);
  if (profile !== undefined) return { importer: "profile", title: `a file of times (${profileTitles[profile]})` };
  const header = traceTable(plain.split("\n").slice(0, headLines).join("\n"))?.header ?? [];
  const trace = traceFormat(header);
  return trace === "rows" ? undefined : { importer: "arrivals", title: `a trace (${traceTitles[trace]})` };
}

/** Enough for a header below comments. */
const headLines = 20;

type Test = (text: string) => boolean;

/** The first that knows a text decides. */
const texts: readonly (readonly [importer: string, title: string, is: Test])[] = [
  [
    "aihub",
    "a perf.yaml of Qualcomm AI Hub",
    (text) => /^(precisions|models):/m.test(text) && /performance_metrics:/.test(text),
  ],
  ["simso", "a task set of SimSo", (text) => /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<simulation\b/.test(text)],
  ["jobset", "a job set", (text) => /^["']?jobset["']?\s*:/m.test(text) || hasColumns(text, jobSetColumns)],
  ["maestro", "a file of MAESTRO", (text) => isLayerTable(text) || maestroPattern.test(text)],
  ["timeloop", "a result of Timeloop", isTimeloopStats],
  ["timeloop", "a problem of Timeloop", isTimeloopProblem],
  ["scalesim", "a configuration of SCALE-Sim", (text) => /^\s*\[architecture_presets\]/im.test(text)],
  ["scalesim", "a topology of SCALE-Sim", (text) => hasColumns(text, topologyColumns)],
];

/** Headers in the spelling of `plainHeader`; one of each list. */
const jobSetColumns = [
  ["taskid", "tid", "predecessortid", "predecessortaskid"],
  ["jobid", "jid", "predecessorjid", "predecessorjobid"],
];
const topologyColumns = [
  ["ifmapheight", "ifmaph", "m"],
  ["ifmapwidth", "ifmapw", "n"],
  ["filterheight", "filterh", "k"],
];

/** A network, an accelerator, a dataflow or flat hardware. */
const maestroPattern =
  /^\s*((Network|Accelerator)\s+[\w.-]+|Dataflow)\s*\{|^\s*(num_pes|l[12]_size_cstr|noc_bw_cstr)\s*:/m;

function hasColumns(text: string, alternatives: readonly (readonly string[])[]): boolean {
  const [first = []] = cellRows(text.split("\n").slice(0, headLines).join("\n"));
  const header = first.map((cell) => plainHeader(cell.text));
  return alternatives.every((names) => names.some((name) => header.includes(name)));
}
