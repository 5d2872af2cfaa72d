/** One run of a report: its numbers, its timeline, the story of the job that is picked, its figures. */

import type { Look } from "../../figures/look.ts";
import { metrics } from "../../metrics/index.ts";
import { readable, unitText } from "../../output/number-text.ts";
import { csv } from "../../output/results/csv.ts";
import { resultTables } from "../../output/results/tables.ts";
import type { JobName } from "../../records/explanation.ts";
import type { ReportedRun, StoryRecord } from "../../records/report.ts";
import type { RunTimeline } from "../../records/run-timeline.ts";
import { downloadButton } from "../common/download.ts";
import { element } from "../common/elements.ts";
import { table } from "../common/table.ts";
import { jobName } from "../timeline/details.ts";
import { createTimeline, type TimelineView } from "../timeline/timeline.ts";
import { type FigureGrid, figureGrid, section, warningsSection } from "./page.ts";
import { explanationOf, factsView, storyView } from "./story-view.ts";

export interface RunParts {
  readonly run: ReportedRun;
  readonly timeline: RunTimeline | undefined;
  readonly stories: readonly StoryRecord[];
}

type PageLook = Omit<Look, "width">;

export class RunView {
  readonly root: HTMLElement;
  readonly #parts: RunParts;
  readonly #figures: FigureGrid;
  readonly #timelineHost = element("div", {});
  readonly #story = element("div", { class: "job", "aria-live": "polite" });
  #timeline: TimelineView | undefined;

  constructor(parts: RunParts) {
    const { run } = parts;
    this.#parts = parts;
    this.#figures = figureGrid({ kind: "run", run: { result: run.result, details: run.details } });
    this.root = element("div", {}, [
      keyNumbers(run),
      section("Timeline", this.#timelineParts()),
      ...this.#figures.parts,
      section("All metrics", tablesOf(run), "on-screen"),
      ...warningsSection(run.result.warnings),
    ]);
  }

  /** `width`: of all that is drawn, on paper; undefined: of its room. */
  draw(look: PageLook, width: number | undefined): void {
    this.#timelineHost.style.width = width === undefined ? "" : `${width}px`;
    if (this.#timeline === undefined) this.#begin(look);
    else {
      this.#timeline.recolor(look.colors);
      this.#timeline.print(width === undefined ? "screen" : "paper");
    }
    this.#figures.draw(look, width);
  }

  dispose(): void {
    this.#timeline?.dispose();
    this.#figures.dispose();
  }

  #begin({ colors, fontFamily }: PageLook): void {
    const { timeline, stories } = this.#parts;
    if (timeline === undefined) return;
    const onOpen = (job: JobName): void => this.#tell(job);
    this.#timeline = createTimeline(this.#timelineHost, timeline, { colors, fontFamily, onOpen });
    const [worst] = stories;
    if (worst !== undefined && worst.job.outcome !== "met") this.#tell(worst.job);
  }

  #timelineParts(): readonly HTMLElement[] {
    const { timeline, run } = this.#parts;
    const note = run.timelineNote === undefined ? [] : [element("p", { class: "quiet" }, [run.timelineNote])];
    if (timeline === undefined) return note;
    const hint = element("p", { class: "quiet" }, ["Pick a job in the timeline to read what became of it, and why."]);
    this.#story.append(hint);
    return [...note, this.#timelineHost, this.#story];
  }

  #tell(job: JobName): void {
    const { run, timeline, stories } = this.#parts;
    const command = `${run.explainCommand} --task ${job.task} --job ${job.job}`;
    const story = stories.find((each) => each.job.task === job.task && each.job.job === job.job);
    const parts =
      story === undefined ? factsView(timeline!, job, command) : storyView(explanationOf(run, story), command);
    this.#story.replaceChildren(...parts);
    this.#story.dataset.job = jobName(job);
  }
}

const KEY_NUMBERS = [
  "uxCost",
  "slaSatisfaction",
  "energyMj",
  "p99Ms",
  "motionToPhotonP99Ms",
  "xrbenchScore",
  "utilisation",
];

function keyNumbers({ result }: ReportedRun): HTMLElement {
  const shown = metrics.filter(({ name }) => KEY_NUMBERS.includes(name) && name in result.metrics);
  return element(
    "dl",
    { class: "keys" },
    shown.map(({ name, title, unit }) => {
      const value = result.metrics[name] ?? null;
      const text = value === null ? "–" : readable(value, unit);
      const units =
        value === null || unitText(unit) === "" ? [] : [element("span", { class: "unit" }, [` ${unitText(unit)}`])];
      return element("div", {}, [element("dt", {}, [title]), element("dd", {}, [text, ...units])]);
    }),
  );
}

function tablesOf({ result }: ReportedRun): readonly HTMLElement[] {
  const captions = ["Tasks", "Metrics", "Accelerators", "Phases"];
  const tables = resultTables(result, metrics).map((each, index) =>
    table({ caption: captions[index] ?? "More", ...each }, "shown"),
  );
  const download = downloadButton("All numbers as CSV", `${result.scenario.replaceAll(/[^\w.-]+/g, "-")}.csv`, () =>
    csv.render([result], { color: "never" }),
  );
  return [element("details", {}, [element("summary", {}, ["Tables"]), ...tables]), download];
}
