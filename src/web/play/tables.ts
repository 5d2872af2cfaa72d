/** The run's numbers by task and by accelerator. */
import { readable } from "../../output/number-text.ts";
import type { RunResult } from "../../records/run-result.ts";
import { element } from "../common/elements.ts";

interface Column {
  readonly heading: string;
  readonly value: (row: Readonly<Record<string, unknown>>) => string;
}

const number = (name: string, unit: Parameters<typeof readable>[1]): Column["value"] => {
  return (row) => readable(row[name] as number | null | undefined, unit);
};

const taskColumns: readonly Column[] = [
  { heading: "jobs", value: number("released", "count") },
  { heading: "late", value: number("late", "count") },
  { heading: "dropped", value: number("dropped", "count") },
  { heading: "SLA, %", value: number("slaSatisfaction", "share") },
  { heading: "p99, ms", value: number("p99Ms", "ms") },
  { heading: "energy, mJ", value: number("energyMj", "mJ") },
];

const acceleratorColumns: readonly Column[] = [
  { heading: "busy, %", value: number("utilisation", "share") },
  { heading: "energy, mJ", value: number("energyMj", "mJ") },
];

/** For a thousand rows a table is no picture any more. */
const MOST_ROWS = 100;

export function showTables(host: HTMLElement, { tasks, accelerators }: RunResult): void {
  const taskRows = tasks.map((task) => ({ name: task.id, note: task.model, row: task as never }));
  const acceleratorRows = accelerators.map((each) => ({ name: each.id, note: "", row: each as never }));
  host.replaceChildren(
    scrolled("by task", tableOf("task", taskColumns, taskRows)),
    scrolled("by accelerator", tableOf("accelerator", acceleratorColumns, acceleratorRows)),
  );
}

interface Row {
  readonly name: string;
  readonly note: string;
  readonly row: Readonly<Record<string, unknown>>;
}

function tableOf(what: string, columns: readonly Column[], rows: readonly Row[]): HTMLElement {
  const head = element("tr", {}, [
    element("th", { scope: "col" }, [what]),
    ...columns.map(({ heading }) => element("th", { scope: "col", class: "is-number" }, [heading])),
  ]);
  const body = rows
    .slice(0, MOST_ROWS)
    .map(({ name, note, row }) =>
      element("tr", {}, [
        element("th", { scope: "row" }, [
          name,
          ...(note === "" ? [] : [element("span", { class: "numbers-note" }, [note])]),
        ]),
        ...columns.map(({ value }) => element("td", { class: "is-number" }, [value(row)])),
      ]),
    );
  const more = rows.length > MOST_ROWS ? [element("caption", {}, [`the first ${MOST_ROWS} of ${rows.length}`])] : [];
  return element("table", { class: "numbers" }, [...more, element("thead", {}, [head]), element("tbody", {}, body)]);
}

/** Wide tables scroll by themselves, not with the page; a keyboard can scroll them too. */
const scrolled = (label: string, table: HTMLElement): HTMLElement =>
  element("div", { class: "scrolled", tabindex: 0, role: "region", "aria-label": label }, [table]);
