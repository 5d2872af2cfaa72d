/** A report of one run or several: of several, a table of all and one of them in full. */
import { metrics } from "../../metrics/index.ts";
import { readable, unitText } from "../../output/number-text.ts";
import { subjectText } from "../../output/variation-text.ts";
import type { ReportedRun, RunsReport } from "../../records/report.ts";
import { button, element } from "../common/elements.ts";
import type { Body } from "./body.ts";
import { embeddedStories, embeddedTimeline } from "./embedded.ts";
import { inputsSection, repeatSection, section, verdictView } from "./page.ts";
import { RunView } from "./run-view.ts";

export async function runsPage(report: RunsReport): Promise<Body> {
  const { runs } = report;
  const host = element("div", {});
  const show = async (index: number): Promise<RunView> => {
    const run = runs[index]!;
    const [timeline, stories] = await Promise.all([embeddedTimeline(index), embeddedStories(index)]);
    const view = new RunView({ run, timeline, stories });
    const head =
      runs.length === 1
        ? []
        : [element("h2", { class: "run-title" }, [run.result.scenario]), ...verdictView(run.verdict)];
    host.replaceChildren(...head, view.root);
    return view;
  };
  let view = await show(0);
  let redraw = (_: RunView): void => undefined;
  const pick = async (index: number): Promise<void> => {
    view.dispose();
    view = await show(index);
    redraw(view);
  };
  const overview = runs.length === 1 ? [] : [section("Scenarios", [overviewTable(runs, pick)])];
  const { scheduler, seed, durationMs, system } = runs[0]!.result;
  const hashes = runs.map(({ result }) => `${result.scenario}: result ${result.resultHash}.`);
  const inputs = [...new Map(runs.flatMap(({ result }) => result.inputs).map((each) => [each.path, each])).values()];
  return {
    subtitle:
      runs.length === 1
        ? `${subjectText(runs[0]!.result)}: ${scheduler.name}, seed ${seed}, ${durationMs} ms`
        : `${system}: ${scheduler.name}, seed ${seed}`,
    parts: [...overview, host, ...inputsSection(inputs), repeatSection(report, hashes)],
    draw(look, width) {
      redraw = (each) => each.draw(look, width);
      redraw(view);
    },
  };
}

const OVERVIEW = ["uxCost", "slaSatisfaction", "energyMj", "p99Ms", "xrbenchScore"];

function overviewTable(runs: readonly ReportedRun[], pick: (index: number) => Promise<void>): HTMLElement {
  const shown = metrics.filter(({ name }) => OVERVIEW.includes(name));
  const heads = shown.map(({ title, unit }) =>
    element("th", { scope: "col", class: "number" }, [unitText(unit) === "" ? title : `${title}, ${unitText(unit)}`]),
  );
  const buttons: HTMLButtonElement[] = [];
  const rows = runs.map(({ result }, index) => {
    const open = button({ class: "link", "aria-pressed": String(index === 0) }, [result.scenario], () => {
      for (const each of buttons) each.setAttribute("aria-pressed", String(each === open));
      void pick(index);
    });
    buttons.push(open);
    const cells = shown.map(({ name, unit }) =>
      element("td", { class: "number" }, [readable(result.metrics[name], unit)]),
    );
    return element("tr", {}, [element("th", { scope: "row" }, [open]), ...cells]);
  });
  const made = element("table", {}, [
    element("caption", { class: "unseen" }, ["Scenarios; pick one to see it below"]),
    element("thead", {}, [element("tr", {}, [element("th", { scope: "col" }, ["scenario"]), ...heads])]),
    element("tbody", {}, rows),
  ]);
  return element("div", { class: "table" }, [made]);
}
