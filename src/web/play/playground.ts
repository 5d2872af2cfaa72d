/** The page: keeps the state, has it run, and shows what comes back. */

import { runVerdict } from "../../output/verdict/run-verdict.ts";
import { Background } from "../../playground/background.ts";
import { Foreground, type Shown } from "../../playground/foreground.ts";
import { withoutStrays } from "../../playground/knobs.ts";
import type { Catalogue, Facts, RunOutcome } from "../../playground/protocol.ts";
import { type MakeWorker, Seat, Stopped } from "../../playground/seat.ts";
import { packed, unpacked } from "../../playground/share.ts";
import { firstState, type PlayState, withScheduler } from "../../playground/state.ts";
import type { JobName } from "../../records/explanation.ts";
import type { RunResult } from "../../records/run-result.ts";
import { element } from "../common/elements.ts";
import { colorsOf, createThemeSwitch, type Theme } from "../common/theme.ts";
import { createTimeline, type TimelineView } from "../timeline/timeline.ts";
import { Bars } from "./bars.ts";
import { Pickers } from "./pickers.ts";
import { Repeat } from "./repeat.ts";
import { ShareMenu } from "./share-menu.ts";
import { Sliders } from "./sliders.ts";
import { storyView } from "./story-view.ts";
import { showTables } from "./tables.ts";
import { Tabs } from "./tabs.ts";
import { Tiles } from "./tiles.ts";

/** A run may take this long before it is ended. */
const BUDGET_MS = 8000;
/** So long a run may still take once something newer is to be shown. */
const PATIENCE_MS = 400;
/** The URL follows the state, but not at every step of a slider. */
const URL_MS = 500;

/** Those that people know first. */
const mostAsked = ["edf", "dream", "fcfs", "llf", "hpf", "prema", "planaria", "veltair", "dysta", "xrbench-latency"];

const at = (id: string): HTMLElement => document.getElementById(id)!;

export class Playground {
  readonly #seat: Seat;
  readonly #foreground: Foreground;
  readonly #makeWorker: MakeWorker;
  readonly #say = announcer();
  #background: Background | undefined;
  #catalogue: Catalogue | undefined;
  #state: PlayState = firstState;
  #facts: Facts | undefined;
  #shown: { readonly state: PlayState; readonly result: RunResult } | undefined;
  /** What was shown before the control that is being moved was touched. */
  #before: RunResult | undefined;
  #lastKey = "";
  #theme: Theme = "light";
  #urlTimer: ReturnType<typeof setTimeout> | undefined;
  #barsKey = "";
  #timeline: TimelineView | undefined;
  #parts: Parts | undefined;

  constructor(seat: Seat, makeWorker: MakeWorker) {
    this.#seat = seat;
    this.#makeWorker = makeWorker;
    this.#foreground = new Foreground(seat, {
      budgetMs: BUDGET_MS,
      patienceMs: PATIENCE_MS,
      show: (shown) => this.#show(shown),
    });
  }

  async start(): Promise<void> {
    const theme = createThemeSwitch((now) => {
      this.#theme = now;
      this.#timeline?.recolor(colorsOf(now));
    });
    theme.button.classList.add("top-button");
    const share = new ShareMenu(() => this.#state, this.#say);
    at("actions").replaceChildren(share.root, theme.button);
    const [linked, catalogue] = await Promise.all([
      unpacked(location.hash),
      this.#seat.ask({ kind: "catalogue" }, 60_000),
    ]);
    if (linked.kind === "bad") this.#say(linked.message);
    if (linked.kind === "state") this.#state = linked.state;
    this.#foreground.run(this.#state);
    this.#build(catalogue);
    addEventListener("hashchange", () => void this.#followLink());
    addEventListener("resize", () => this.#timeline?.resize());
  }

  #build(catalogue: Catalogue): void {
    this.#catalogue = catalogue;
    const change = (key: string, how: (state: PlayState) => PlayState) => this.#change(key, how);
    const sliders = new Sliders(change);
    this.#parts = {
      pickers: new Pickers(at("pickers"), catalogue, change),
      tiles: new Tiles(at("tiles"), catalogue.metrics),
      sliders,
      tabs: new Tabs(at("controls"), sliders.root, { catalogue, change }),
      bars: new Bars(at("bars"), catalogue.schedulers, catalogue.metrics, {
        picked: (scheduler) => this.#change("scheduler", (state) => withScheduler(state, scheduler)),
      }),
      repeat: new Repeat(at("repeat"), this.#say),
    };
    this.#showState();
  }

  #change(key: string, how: (state: PlayState) => PlayState): void {
    if (key !== this.#lastKey) this.#before = this.#shown?.result;
    this.#lastKey = key;
    this.#state = how(this.#state);
    this.#showState();
    this.#run();
  }

  /** One run at a time: of states that come faster than that, the newest is run. */
  #run(): void {
    if (this.#background !== undefined) this.#background.isPaused = true;
    document.body.dataset.busy = "";
    this.#foreground.run(this.#state);
    clearTimeout(this.#urlTimer);
    this.#urlTimer = setTimeout(() => void this.#updateUrl(), URL_MS);
  }

  /** The controls, as far as the state alone says it. */
  #showState(): void {
    const parts = this.#parts;
    if (parts === undefined) return;
    parts.pickers.show(this.#state);
    const scheduler = this.#catalogue!.schedulers.find(({ name }) => name === this.#state.scheduler);
    parts.sliders.show(this.#state, this.#facts, scheduler);
    parts.tabs.show(this.#state);
    parts.repeat.show(this.#state, this.#shown?.state === this.#state ? this.#shown.result.resultHash : undefined);
  }

  #show(shown: Shown): void {
    if (shown.kind === "stopped") {
      const hint = "make it shorter (duration), lower the rates, or run it on the command line, where nothing stops it";
      this.#refuse(`This run was stopped after ${BUDGET_MS / 1000} s; ${hint}.`);
    } else if (shown.kind === "broken") this.#refuse(`The simulator broke: ${shown.message}`);
    else this.#answered(shown.state, shown.answer.facts, shown.answer.outcome);
    if (shown.state !== this.#state) return;
    delete document.body.dataset.busy;
    if (this.#background !== undefined) this.#background.isPaused = false;
  }

  #answered(state: PlayState, facts: Facts | undefined, outcome: RunOutcome): void {
    if (facts !== undefined) this.#facts = facts;
    if (facts !== undefined && state === this.#state) {
      const clean = withoutStrays(state, facts);
      if (JSON.stringify(clean) !== JSON.stringify(state)) {
        this.#state = clean;
        this.#run();
      }
    }
    this.#parts?.tabs.problems(outcome.kind === "problems" ? outcome.problems : []);
    if (outcome.kind === "problems") this.#refuse(problemsText(outcome.problems.length));
    else if (outcome.kind === "message") this.#refuse(outcome.message);
    else this.#showResult(state, outcome);
    this.#showState();
  }

  #showResult(state: PlayState, { result, timeline, warnings }: Extract<RunOutcome, { kind: "result" }>): void {
    const isOtherRun = this.#shown?.result.resultHash !== result.resultHash;
    this.#shown = { state, result };
    document.body.classList.remove("is-stale");
    at("verdict").textContent = runVerdict(result).sentence;
    this.#parts!.tabs.warnings([...warnings.map(({ message }) => message), ...result.warnings]);
    this.#parts!.tiles.show(result, this.#before);
    this.#showTimeline(timeline);
    showTables(at("tables"), result);
    if (isOtherRun) at("explanation").hidden = true;
    document.body.dataset.shownHash = result.resultHash;
    this.#barsFor(state, result);
  }

  #showTimeline(timeline: Parameters<TimelineView["show"]>[0]): void {
    if (this.#timeline !== undefined) {
      this.#timeline.show(timeline);
      return;
    }
    this.#timeline = createTimeline(at("timeline"), timeline, {
      colors: colorsOf(this.#theme),
      fontFamily: getComputedStyle(document.body).fontFamily,
      onOpen: (job) => void this.#explain(job),
    });
  }

  /** Bars depend on everything but the scheduler that is picked. */
  #barsFor(state: PlayState, { metrics, scheduler }: RunResult): void {
    const { bars } = this.#parts!;
    const key = JSON.stringify({ ...state, scheduler: "", params: {} });
    const isOther = key !== this.#barsKey;
    this.#barsKey = key;
    if (isOther) bars.begin(state.scheduler);
    else bars.select(state.scheduler);
    if (Object.keys(state.params).length === 0) bars.set(scheduler.name, metrics);
    if (!isOther) return;
    const names = this.#catalogue!.schedulers.map(({ name }) => name);
    const order = [...mostAsked.filter((name) => names.includes(name)), ...names];
    const isKnown = (name: string) => name === scheduler.name && Object.keys(state.params).length === 0;
    this.#helper().bars(
      state,
      [...new Set(order)].filter((name) => !isKnown(name)),
    );
  }

  /** A second simulator, once the first one has something to show. */
  #helper(): Background {
    this.#background ??= new Background(new Seat(this.#makeWorker), {
      budgetMs: BUDGET_MS,
      patienceMs: PATIENCE_MS,
      showBar: (name, values) => this.#parts!.bars.set(name, values),
    });
    return this.#background;
  }

  async #explain(job: JobName): Promise<void> {
    const host = at("explanation");
    const shown = this.#shown;
    if (shown === undefined) return;
    host.hidden = false;
    host.replaceChildren(element("p", { class: "quiet" }, [`Looking into ${job.task}#${job.job} …`]));
    try {
      const explained = await this.#helper().explain(shown.state, job);
      if (this.#shown !== shown) return;
      if (explained.kind === "explanation") host.replaceChildren(...storyView(explained.explanation));
      else
        host.replaceChildren(
          element("p", {}, [explained.kind === "message" ? explained.message : "It cannot be run."]),
        );
    } catch (error) {
      if (error instanceof Stopped && error.why === "replaced") return;
      host.replaceChildren(
        element("p", {}, ["The explanation took too long; rtmm explain tells it on the command line."]),
      );
    }
  }

  /** Something is wrong with what was asked for: what was shown last stays, and looks old. */
  #refuse(message: string): void {
    document.body.classList.add("is-stale");
    at("verdict").textContent = message;
    delete document.body.dataset.shownHash;
  }

  async #updateUrl(): Promise<void> {
    const fragment = await packed(this.#state);
    if (fragment !== undefined) history.replaceState(undefined, "", `#${fragment}`);
  }

  async #followLink(): Promise<void> {
    const linked = await unpacked(location.hash);
    if (linked.kind === "bad") this.#say(linked.message);
    if (linked.kind !== "state") return;
    this.#change("link", () => linked.state);
  }
}

interface Parts {
  readonly pickers: Pickers;
  readonly tiles: Tiles;
  readonly sliders: Sliders;
  readonly tabs: Tabs;
  readonly bars: Bars;
  readonly repeat: Repeat;
}

const problemsText = (count: number): string =>
  `${count === 1 ? "There is a problem" : `There are ${count} problems`} in the files; below is what ran last.`;

/** Messages that go away by themselves, and that screen readers say. */
function announcer(): (text: string) => void {
  const box = element("div", { class: "toast", role: "status", hidden: true });
  document.body.append(box);
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (text) => {
    box.textContent = text;
    box.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => {
      box.hidden = true;
    }, 6000);
  };
}
