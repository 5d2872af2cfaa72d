/** Who may import what (docs/architecture.md): type imports, re-exports and dynamic imports count. */
import ts from "typescript";
import { describe, expect, test } from "vitest";
import {
  circles,
  codeOf,
  ENTRIES,
  files,
  type Import,
  imports,
  innerRoomOf,
  isRelative,
  nodeGlobalsIn,
  roomOf,
  roomsInside,
  targetOf,
  wordsOf,
} from "./source-files.ts";

const text = ["scenario", "system", "import"] as const;
const arithmetic = ["schedulers", "cost", "metrics"] as const;

/** Rooms that a room may import, beside itself. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  core: [],
  schedulers: ["core"],
  cost: ["core"],
  metrics: ["core"],
  input: [],
  protocol: ["core", "input"],
  scenario: ["core", "input"],
  system: ["core", "input"],
  import: ["core", "input", "records"],
  records: ["core", "metrics"],
  output: ["core", "metrics", "records", "input"],
  figures: ["core", "metrics", "records", "output"],
  drawing: ["figures"],
  web: ["core", "metrics", "records", "input", "output", "page", "figures", "drawing", "playground"],
  page: ["records"],
  analysis: ["core", "metrics", "records", "input"],
  export: ["core", "input", "cost", "output"],
  describe: ["core", "input", ...arithmetic, "scenario", "records", "output", "analysis"],
  run: ["core", "input", ...arithmetic, ...text, "records", "output", "analysis"],
  explain: ["core", "input", "records", "run"],
  optimum: ["core", "input", "metrics", "records", "analysis", "run"],
  diff: ["core", "input", "metrics", "records", "run", "explain"],
  request: ["core", "input", ...text, "records", "output", "run", "explain", "diff"],
  playground: [
    "core",
    "input",
    "metrics",
    "schedulers",
    "scenario",
    "system",
    "records",
    "output",
    "run",
    "explain",
    "request",
  ],
  serving: ["input"],
  files: ["core", "input", "protocol", ...arithmetic, ...text, "records", "output", "page", "run"],
  executors: ["core", "input", "records", "output", "run", "files"],
  studies: [
    ...["core", "input", ...arithmetic, ...text, "records", "output", "analysis"],
    ...["describe", "page", "run", "explain", "diff", "optimum", "files", "executors", "figures", "drawing"],
  ],
  library: [
    ...["core", "input", ...arithmetic, ...text, "records", "output", "analysis"],
    ...["run", "optimum", "request", "files", "executors", "studies"],
  ],
  cli: [
    ...["core", "input", ...arithmetic, ...text, "records", "output", "analysis", "describe", "export"],
    ...["run", "explain", "diff", "optimum", "playground", "serving", "files", "executors", "studies", "figures"],
  ],
};

/** Each has its own folder and never sees another format; what all share lies beside them. */
const importFormats = ["aihub", "maestro", "onnx", "profile", "scalesim", "simso", "jobset", "arrivals", "timeloop"];

/** Of rooms with rooms of their own: which of those may import which; "." is what lies beside them. */
const innerRooms: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  analysis: { bounds: ["feasibility", "solver"], feasibility: ["solver"], solver: [], statistics: [] },
  run: { ".": ["audit", "requirements"], audit: [], requirements: [] },
  executors: { ".": [], threads: ["."], queue: [".", "threads"] },
  studies: {
    ".": ["sweep", "adversary"],
    adversary: ["bound", "compare", "folder"],
    baseline: ["compare"],
    bound: [],
    capacity: ["compare"],
    compare: ["bound"],
    diff: ["compare", "runs"],
    folder: [],
    optimum: ["compare"],
    plot: ["runs", "sweep"],
    "policy-test": [],
    report: ["folder", "sweep"],
    reproduce: ["compare", "tune"],
    runs: [],
    sweep: ["folder"],
    tune: [],
    verify: [],
  },
  "studies/sweep": {
    ".": ["read", "plan", "folder", "summary"],
    read: [],
    plan: ["read"],
    folder: ["read", "plan"],
    summary: ["read", "plan", "folder"],
    merge: ["read", "plan", "folder", "summary"],
  },
  // A paper sees what all of them share, and no other paper.
  "studies/reproduce": {
    ".": ["horizon", "prema", "terastal", "ux"],
    ...Object.fromEntries(["horizon", "prema", "terastal", "ux"].map((name) => [name, ["."]])),
  },
  output: {
    ".": [],
    ...Object.fromEntries(
      [
        "bound",
        "capacity",
        "check",
        "comparison",
        "explanation",
        "optimum",
        "reproduce",
        "results",
        "sweep",
        "timeline",
        "trace",
        "tuning",
      ].map((name) => [name, ["."]]),
    ),
    adversary: [".", "explanation"],
    diff: [".", "explanation"],
    verdict: [".", "check", "sweep"],
  },
  web: { common: [], timeline: ["common"], report: ["common", "timeline"], play: ["common", "timeline"] },
  import: { ".": importFormats, ...Object.fromEntries(importFormats.map((name) => [name, ["."]])) },
  cli: {
    ".": ["commands", "completion", "options"],
    commands: [".", "completion", "options", "watch"],
    completion: ["."],
    options: ["."],
    watch: ["."],
  },
};

/** Packages and Node modules that a room may import: none where it is not listed. */
const packages: Readonly<Record<string, readonly string[]>> = {
  input: ["yaml", "csv-parse"],
  scenario: ["yaml"],
  system: ["yaml"],
  import: ["@bufbuild/protobuf", "fast-xml-parser", "yaml"],
  output: ["@bufbuild/protobuf", "chalk", "csv-stringify", "fast-xml-parser", "strip-ansi"],
  figures: ["echarts"],
  playground: ["yaml"],
  serving: ["node:child_process", "node:fs", "node:http", "node:path"],
  drawing: ["@resvg/resvg-wasm", "echarts", "zrender", "fast-xml-parser", "pdfkit"],
  web: ["echarts", "@codemirror", "@lezer/highlight"],
  analysis: ["highs", "pure-rand", "simple-statistics"],
  run: ["@noble/hashes"],
  request: ["@noble/hashes"],
  library: ["node:fs", "node:os", "node:path", "node:timers/promises"],
  files: [
    "es-module-lexer",
    "node:child_process",
    "node:crypto",
    "node:fs",
    "node:module",
    "node:os",
    "node:path",
    "node:url",
    "node:util",
    "node:zlib",
  ],
  executors: [
    ...["bullmq", "ioredis", "piscina"],
    ...[
      "node:crypto",
      "node:events",
      "node:fs",
      "node:inspector",
      "node:os",
      "node:path",
      "node:timers/promises",
      "node:url",
    ],
    ...["node:util", "node:worker_threads", "node:zlib"],
  ],
  studies: [
    ...["fast-check", "pure-rand"],
    ...["node:crypto", "node:fs", "node:os", "node:path", "node:timers/promises", "node:util"],
  ],
  cli: [
    ...["cli-table3", "commander"],
    ...["node:child_process", "node:crypto", "node:events", "node:fs", "node:module", "node:os", "node:path"],
    ...["node:timers/promises", "node:url", "node:util", "node:vm"],
  ],
};

/** Rooms that run in a browser as well: no module of Node's, which the table above shows, and no global of Node's. */
const anywhere = [
  ...["core", "input", ...arithmetic, ...text, "records", "output", "figures", "drawing"],
  ...["web", "analysis", "describe", "run", "explain", "diff", "optimum", "request", "playground"],
  ...["page", "web", "analysis", "describe", "run", "explain", "diff", "request"],
] as const;

/** Files of the core that rooms above may see: the contract and the records, never the engine. */
const coreFiles: Readonly<Record<string, readonly string[]>> = {
  schedulers: ["scheduler"],
  cost: ["sum", "costs", "layer", "model", "system", "directive", "dataflows", "spread", "weight-sharing"],
  metrics: ["sum", "job-outcome", "records", "costs", "model", "scenario", "system"],
  records: ["scheduler", "events", "job-outcome", "records", "scenario", "system"],
  output: ["sum", "records", "events", "job-outcome", "scenario", "scheduler", "system", "model"],
};

test("every room of src has its line in the table", () => {
  expect([...new Set(files.map(roomOf))].sort()).toEqual([...Object.keys(rooms), ENTRIES].sort());
});

describe.each(Object.keys(rooms))("src/%s", (room) => {
  const own = imports.filter(({ file }) => roomOf(file) === room);

  test("imports only the rooms that the table allows", () => {
    const allowed = [room, ...rooms[room]!];
    const wrong = own.filter((each) => isRelative(each) && !allowed.includes(roomOf(targetOf(each))));
    expect(wrong.map(wordsOf)).toEqual([]);
  });

  test("imports only the packages that the table allows", () => {
    const allowed = packages[room] ?? [];
    const isAllowed = ({ specifier }: Import) =>
      allowed.some((name) => specifier === name || specifier.startsWith(`${name}/`));
    expect(own.filter((each) => !isRelative(each) && !isAllowed(each)).map(wordsOf)).toEqual([]);
  });
});

describe.each(anywhere)("src/%s runs in a browser as well", (room) => {
  test("imports no module of Node's", () => {
    expect((packages[room] ?? []).filter((name) => name.startsWith("node:"))).toEqual([]);
    expect(rooms[room]!.filter((other) => !anywhere.includes(other as (typeof anywhere)[number]))).toEqual([]);
  });

  test("uses no global of Node's", () => {
    const used = files.filter((file) => roomOf(file) === room).flatMap(nodeGlobalsIn);
    expect(used).toEqual([]);
  });
});

test("a global of Node's is seen where it is used", () => {
  expect(nodeGlobalsIn("cli/start.ts")).toContain("cli/start.ts uses process");
});

test.each(Object.keys(innerRooms))("the rooms inside src/%s import each other as their table allows", (room) => {
  const table = innerRooms[room]!;
  const isInside = (file: string) => file.startsWith(`${room}/`);
  const own = imports.filter((each) => isInside(each.file) && isRelative(each) && isInside(targetOf(each)));
  const wrong = own.filter((each) => {
    const from = innerRoomOf(room, each.file);
    const to = innerRoomOf(room, targetOf(each));
    return from !== to && !table[from]?.includes(to);
  });
  expect(wrong.map(wordsOf)).toEqual([]);
  expect(Object.keys(table).sort()).toEqual([...new Set(roomsInside(room))].sort());
});

test.each(Object.keys(coreFiles))("src/%s sees only contract and records of the core", (room) => {
  const allowed = coreFiles[room]!.map((name) => `core/${name}.ts`);
  const ofCore = imports.filter((each) => roomOf(each.file) === room && targetOf(each).startsWith("core/"));
  expect(ofCore.filter((each) => !allowed.includes(targetOf(each))).map(wordsOf)).toEqual([]);
});

test("no file imports itself through others", () => {
  expect(circles()).toEqual([]);
});

test("no room has more than a quarter of the source", () => {
  const lines = (room: string) =>
    files.filter((file) => roomOf(file) === room).reduce((sum, file) => sum + codeOf(file).split("\n").length, 0);
  const all = Object.keys(rooms).reduce((sum, room) => sum + lines(room), 0);
  expect(Object.keys(rooms).filter((room) => lines(room) > all / 4)).toEqual([]);
});

test("type imports, re-exports and dynamic imports are seen", () => {
  const seen = imports.map(wordsOf);
  expect(seen).toContain("core/costs.ts imports ./model.ts");
  expect(seen).toContain("cli/commands.ts imports ./commands/run.ts");
  expect(seen).toContain("engine.ts imports ./core/simulate.ts");
});

describe.each(files.filter((file) => roomOf(file) === ENTRIES))("the entry %s", (entry) => {
  test("only re-exports", () => {
    const file = ts.createSourceFile(entry, codeOf(entry), ts.ScriptTarget.Latest);
    expect(file.statements.every((statement) => ts.isExportDeclaration(statement))).toBe(true);
  });

  test("is Node's alone if it is index.ts", () => {
    const own = imports.filter(({ file }) => file === entry).map(targetOf);
    const allowed: readonly string[] = [...anywhere, ENTRIES, ...(entry === "index.ts" ? ["library"] : [])];
    expect(own.filter((file) => !allowed.includes(roomOf(file)))).toEqual([]);
  });
});

test("only the command line writes to the console or ends the process", () => {
  // A worker thread starts by itself: what policies print in it has to be kept from stdout there.
  const isAlone = (file: string) => roomOf(file) !== "cli" && file !== "executors/threads/point-worker.ts";
  const prints = files.filter(isAlone).filter((file) => {
    return /\bconsole\.|\bprocess\.(exit|stdout|stderr|argv)/.test(codeOf(file));
  });
  expect(prints).toEqual([]);
});
