/** Reads the table of nodes that TVM's debug executor prints: `debug_datum.get_debug_result()`. */
import { decimal } from "../../input/decimal.ts";
import type { ProblemList } from "../../input/problem-list.ts";
import type { SourceFile } from "../imported.ts";
import { type MeasuredTime, timeOf } from "../measured.ts";
import { type Place, Reporter } from "../reporter.ts";
import { leftIf, NS_PER_US, type Profile } from "./profile.ts";

const headerPattern = /^\s*Node Name\s+Ops\s+Time\(us\)\s+Time\(%\)/;

/** Whether a text has such a table. */
export const isTvm = (text: string): boolean => text.split("\n").some((line) => headerPattern.test(line));

export function readTvm({ file, text }: SourceFile, problems: ProblemList): readonly Profile[] {
  const reporter = new Reporter(text, file, problems);
  const lines = text.split(/\r\n|\n|\r/).map((line, i): Place => ({ text: line, line: i + 1, column: 1 }));
  const start = lines.findIndex((line) => headerPattern.test(line.text));
  const all = lines.slice(start + 1).flatMap((line) => rowOf(line, reporter) ?? []);
  // A node with several outputs has a row for each, all with its time.
  const nodes = all.filter(({ name }, i) => all.findIndex((other) => other.name === name) === i);
  checkShares(nodes, lines[start]!, reporter);
  const isSorted = nodes.length > 2 && nodes.every(({ us }, i) => i === 0 || us <= nodes[i - 1]!.us);
  return [
    {
      file,
      format: "tvm",
      layers: nodes.map(({ name, time }) => ({ name, time })),
      runs: Math.max(1, ...nodes.map(({ time }) => time.samplesNs?.length ?? 1)),
      remarks: [],
      left: leftIf(all.length - nodes.length, "further output of a node", "its first row has the time of the node"),
      hints: isSorted
        ? ["nodes stand by their times, not in the order of the run; get_debug_result(sort_by_time=False) has that"]
        : [],
    },
  ];
}

interface Row {
  readonly name: string;
  readonly us: number;
  readonly percent: number;
  readonly time: MeasuredTime;
}

/** Blanks pad the cells, at least two between them. Rules, blank lines and the sum are none. */
function rowOf(line: Place, reporter: Reporter): Row | undefined {
  const [name = "", , time = "", share = ""] = line.text.trim().split(/\s{2,}/);
  if (/^(-*|Total_time)$/.test(name)) return undefined;
  const [us, percent] = [decimal(time), decimal(share)];
  if (!(us >= 0 && percent >= 0)) {
    reporter.report(line, "PROFILE_SYNTAX", "expected a node with its Ops, Time(us) and Time(%)");
    return undefined;
  }
  const samples = (/\[([\d.eE+\-, ]+)\]\s*$/.exec(line.text)?.[1] ?? "").split(",").map((each) => decimal(each.trim()));
  const measured = timeOf(samples.map((sample) => sample * NS_PER_US));
  // Older versions end a row with the shape of its output.
  const isMeasured = Math.abs(measured.meanNs - us * NS_PER_US) <= 1 + 0.001 * us * NS_PER_US;
  return { name, us, percent, time: isMeasured ? measured : { meanNs: us * NS_PER_US } };
}

/** Only a table that is sorted by time ends with its Total_time, so the shares tell whether it is whole. */
function checkShares(nodes: readonly Row[], header: Place, reporter: Reporter): void {
  const sum = nodes.reduce((all, { percent }) => all + percent, 0);
  if (nodes.length === 0) reporter.report(header, "PROFILE_SYNTAX", "there is no node below this header");
  else if (Math.abs(sum - 100) > 0.1 + 0.001 * nodes.length)
    reporter.report(
      header,
      "PROFILE_SYNTAX",
      `the nodes have ${Number(sum.toFixed(3))} % of the time together; is the table whole?`,
    );
}
