/** Writes the page of a matrix with its pictures and cases, from the matrix and the files of its pairs. */
import { basename, dirname, join } from "node:path";
import type { Figure } from "../../figures/figure.ts";
import { lookOf, presets } from "../../figures/presets.ts";
import { timelineFigure } from "../../figures/run/timeline.ts";
import { matrixFigure } from "../../figures/studies/adversary.ts";
import { makeFolder, OutputFile } from "../../files/output-file.ts";
import { type MapCase, type MapSource, mapPage } from "../../output/adversary/map-page.ts";
import type { AdversaryMatrix, AdversaryReport } from "../../records/adversary.ts";
import { picturedRun } from "../../run/pictured-run.ts";
import { prepare } from "../../run/prepare.ts";
import { movedTexts } from "./case-files.ts";
import type { CloserOptions } from "./look-closer.ts";
import { requestFor } from "./look-closer.ts";
import type { PlannedSide } from "./plan.ts";
import { slug } from "./report-search.ts";

/** A picture of half a page. */
const HALF_WIDTH = 460;
/** About one for each pixel: a page has some 80 pictures, which are to stay small. */
const MOST_SHAPES = 400;

const lookFor = (width: number | undefined) =>
  lookOf({ preset: presets[0]!, width, theme: "light", backdrop: "filled" });

/** Text of the matrix as a picture. */
export async function matrixSvg(matrix: AdversaryMatrix): Promise<string> {
  const { svgOf } = await import("../../drawing/svg.ts");
  return svgOf(matrixFigure(matrix), lookFor(undefined));
}

export interface MapSetting {
  readonly matrix: AdversaryMatrix;
  readonly sides: readonly PlannedSide[];
  /** Absolute path of the page. Its pictures and cases go to a folder beside it, named like it. */
  readonly page: string;
  readonly source: MapSource;
}

export async function writeMapPage({ matrix, sides, page, source }: MapSetting, options: CloserOptions): Promise<void> {
  const folder = new MapFolder(page, sides, options);
  const worst = [];
  for (const report of matrix.worst) worst.push(report === null ? undefined : await folder.worst(report));
  const farthest = [];
  for (const { report } of matrix.farthest ?? [])
    farthest.push(report === null ? undefined : await folder.farthest(report));
  const picture = folder.put("matrix.svg", await matrixSvg(matrix));
  write(page, mapPage(matrix, { matrix: picture, worst, farthest }, source));
}

/** The folder beside the page; every path that it gives is from the page. */
class MapFolder {
  readonly #name: string;
  readonly #path: string;
  readonly #sides: readonly PlannedSide[];
  readonly #options: CloserOptions;

  constructor(page: string, sides: readonly PlannedSide[], options: CloserOptions) {
    this.#name = basename(page, ".md");
    this.#path = join(dirname(page), this.#name);
    this.#sides = sides;
    this.#options = options;
    makeFolder(this.#path);
  }

  async worst(report: AdversaryReport) {
    const { a, b } = report;
    const pictures = { a: await this.#draw(report, a.label, "a"), b: await this.#draw(report, b.label, "b") };
    return { ...this.#copy(report, ""), ...pictures };
  }

  async farthest(report: AdversaryReport) {
    return { ...this.#copy(report, "-far"), a: await this.#draw(report, report.a.label, "far") };
  }

  put(file: string, text: string): string {
    write(join(this.#path, file), text);
    return `${this.#name}/${file}`;
  }

  async #draw(report: AdversaryReport, label: string, ending: string): Promise<string> {
    const side = this.#sides.find((each) => each.label === label)!;
    return this.put(`${slug(report.a.label)}-${ending}.svg`, await timelineSvg(report, side, this.#options));
  }

  #copy({ a, files }: AdversaryReport, ending: string): MapCase {
    const { scenario, system } = movedTexts(files!, this.#path, this.#options.workbench.files);
    const stem = `${slug(a.label)}${ending}`;
    return {
      scenario: this.put(`${stem}.yaml`, scenario),
      system: system === undefined ? undefined : this.put(`${stem}-system.yaml`, system),
    };
  }
}

/** The whole run of the smallest case. */
async function timelineSvg(report: AdversaryReport, side: PlannedSide, { workbench }: CloserOptions): Promise<string> {
  const { svgOf } = await import("../../drawing/svg.ts");
  const { files, comparison } = report;
  const library = workbench.files;
  const system = library.find("system", files!.system);
  const request = requestFor({ scenario: library.fileAt(files!.scenario), system, seed: comparison!.seed }, side);
  const setup = await prepare(request, workbench);
  const run = picturedRun(setup, { window: { kind: "fixed", fromNs: 0, toNs: Number.MAX_SAFE_INTEGER } });
  const figure = timelineFigure(run, MOST_SHAPES) as Figure;
  return svgOf(figure, lookFor(HALF_WIDTH));
}

function write(path: string, text: string): void {
  const file = new OutputFile(path);
  file.write(text);
  file.finish();
}
