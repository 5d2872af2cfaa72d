/** `rtmm adversary --all`: searches every pair of schedulers, and writes the page of where each loses. */

import { join } from "node:path";
import type { Library } from "../files/library.ts";
import { writeTextFiles } from "../files/text-files.ts";
import { RequestError } from "../input/request-error.ts";
import { matrixFormats } from "../output/adversary/matrix.ts";
import { jsonText } from "../output/json.ts";
import type { AdversaryMatrix, AdversaryReport } from "../records/adversary.ts";
import { type MakeRun, runOnce } from "../run/run-once.ts";
import { Workbench } from "../run/workbench.ts";
import { MATRIX_FILE } from "../studies/adversary/folder-names.ts";
import type { CloserOptions } from "../studies/adversary/look-closer.ts";
import { matrixSvg, writeMapPage } from "../studies/adversary/map-files.ts";
import { searchesOf, searchMatrix } from "../studies/adversary/matrix.ts";
import { type MatrixPlan, planMatrix } from "../studies/adversary/plan.ts";
import { pairName } from "../studies/adversary/report-search.ts";
import { openSearchFolder, type SearchFolder } from "../studies/adversary/search-folder.ts";
import type { ShownFolder } from "../studies/folder/shown-folder.ts";
import type { Invocation } from "./command.ts";
import { type ExitCode, exitCode } from "./exit-codes.ts";
import { noteInputWarnings, noteUnreadable } from "./notes.ts";
import { openLibrary } from "./open-library.ts";
import { type AdversaryOptions, searchSettings } from "./options/adversary-options.ts";
import { formatNamed } from "./options/format-option.ts";
import { type WorkAhead, withExecutor } from "./with-executor.ts";

export async function searchAllPairs(invocation: Invocation<AdversaryOptions>): Promise<ExitCode> {
  const { options, textOptions, note } = invocation;
  const format = formatNamed(options.format ?? "table", matrixFormats);
  if (options.page !== undefined && !options.page.endsWith(".md"))
    throw new RequestError(`--page writes Markdown: ${options.page} must end in .md`);
  const library = openLibrary(invocation);
  const workbench = new Workbench(library);
  const { schedulers, bound = false } = options;
  const plan = await planMatrix(searchSettings(options), { schedulers, bound }, workbench);
  if (plan.sides.length < 2) throw new RequestError("--all needs at least two schedulers");
  const searches = searchesOf(plan).length;
  noteInputWarnings(library.warnings, invocation);
  const shown = options.out ?? join("results", "adversary", "all");
  const place: ShownFolder = { shown, path: library.absolute(shown) };
  const present = options.resume === true ? "resume" : "refuse";
  const folder = openSearchFolder(place, plan, present);
  noteUnreadable(folder, shown, invocation);
  try {
    const matrix = await searchAll({ plan, searches, folder, place, workbench }, invocation);
    folder.journal.putInOrder();
    writeTextFiles(place.path, {
      [MATRIX_FILE]: jsonText(matrix),
      "matrix.md": matrixFormats.find(({ name }) => name === "markdown")!.render(matrix, { color: "never" }),
      "matrix.svg": await matrixSvg(matrix),
    });
    invocation.print(format.render(matrix, textOptions));
    note(`wrote ${shown}`);
    if (options.page !== undefined) await writePage(matrix, plan, options.page, { place, invocation });
    return exitCode.ok;
  } finally {
    folder.close();
  }
}

interface MatrixWork {
  readonly plan: MatrixPlan;
  /** How many there are. */
  readonly searches: number;
  readonly folder: SearchFolder;
  readonly place: ShownFolder;
  readonly workbench: Workbench<Library>;
}

function searchAll(
  { plan, searches, folder, place, workbench }: MatrixWork,
  invocation: Invocation<AdversaryOptions>,
): Promise<AdversaryMatrix> {
  const { budget, seeds } = plan.settings;
  const ahead: WorkAhead = {
    workbench,
    runs: 2 * searches * budget * seeds.length,
    counted: { total: searches, unit: "pairs" },
    userPolicies: "in threads",
  };
  return withExecutor(invocation, ahead, async ({ executor, signal, progress }) => {
    try {
      return await searchMatrix(plan, {
        ...{ executor, signal, journal: folder.journal, folder: place.path },
        closer: () => closerOf(invocation),
        begins: (a, b) => progress.about(`${a}, ${b}`),
        ended: () => progress.ended(),
      });
    } catch (error) {
      if (signal.aborted)
        invocation.note(`${progress.done} of ${searches} pairs are saved in ${place.shown}; continue with --resume`);
      throw error;
    }
  });
}

/** Files that were written just now are read anew. */
function closerOf(invocation: Invocation<AdversaryOptions>): CloserOptions {
  const makeRun: MakeRun = (setup, options) =>
    invocation.interruptibly((pulse) => runOnce(setup, { ...options, pulse }), setup);
  return { workbench: new Workbench(openLibrary(invocation)), makeRun };
}

interface PageParts {
  readonly place: ShownFolder;
  readonly invocation: Invocation<AdversaryOptions>;
}

async function writePage(
  matrix: AdversaryMatrix,
  { sides }: MatrixPlan,
  page: string,
  { place, invocation }: PageParts,
): Promise<void> {
  const options = closerOf(invocation);
  const words = invocation.argv.filter((word) => word !== "--resume");
  const source = {
    command: ["rtmm", ...words].join(" "),
    folderOf: ({ a, b }: AdversaryReport) => `${place.shown}/${pairName(a, b)}`,
  };
  await writeMapPage({ matrix, sides, page: options.workbench.files.absolute(page), source }, options);
  invocation.note(`wrote ${page}`);
}
