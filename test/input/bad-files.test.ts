/** Files that are not what they should be: one clear problem each, with its place. */
import { describe, expect, test } from "vitest";
import { type FileStatus, readText } from "../../src/input/file-source.ts";
import { ProblemList } from "../../src/input/problem-list.ts";
import { loadModel } from "../../src/scenario/load-model.ts";
import { memoryFiles, problemsOf } from "./memory-files.ts";

const problemsIn = (text: string | Uint8Array) =>
  problemsOf(() => loadModel("m.yaml", memoryFiles({ "m.yaml": text })));

const problemsWith = (status: FileStatus) => {
  const read = () => {
    throw new Error("must not be read");
  };
  return problemsOf(() => loadModel("m.yaml", { ...memoryFiles({}), status: () => status, read }));
};

describe("a file that cannot be read", () => {
  test("is missing", () => {
    expect(problemsWith({ kind: "missing" })).toMatchObject([{ code: "MISSING_FILE", line: undefined, frame: "" }]);
  });
  test("is a folder", () => {
    expect(problemsWith({ kind: "folder" })).toMatchObject([{ code: "CANNOT_READ" }]);
  });
  test("is not permitted", () => {
    const [problem] = problemsWith({ kind: "unreadable", reason: "permission denied" });
    expect(problem).toMatchObject({ code: "CANNOT_READ", message: "cannot read m.yaml: permission denied" });
  });
  test("of 200 MB is refused unread", () => {
    const [problem] = problemsWith({ kind: "file", bytes: 200_000_000 });
    expect(problem).toMatchObject({ code: "TOO_LARGE", message: "m.yaml has 200 MB; the limit is 5 MB" });
    expect(problem).toMatchObject({ line: 1, column: 1 });
  });
  test("is binary", () => {
    const [problem] = problemsIn(Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]));
    expect(problem).toMatchObject({ code: "BINARY_FILE", line: 1, column: 5, frame: "  1 | ·ELF··\n    |     ^" });
  });
  test("is compressed", () => {
    expect(problemsIn(Uint8Array.from([0x1f, 0x8b, 8, 0]))).toMatchObject([
      {
        code: "BINARY_FILE",
        line: 1,
        column: 1,
        message: "m.yaml is compressed by gzip; unpack it first: gunzip m.yaml",
      },
    ]);
  });
  test("is not UTF-8", () => {
    expect(problemsIn(Uint8Array.from([0x6e, 0xff, 0xfe]))).toMatchObject([
      { code: "BINARY_FILE", line: 1, column: 2 },
    ]);
    const latin = Uint8Array.from([0x61, 0x3a, 0x20, 0xc3, 0xa9, 0x0a, 0x62, 0x3a, 0x20, 0xe9, 0x0a, 0x63]);
    const [problem] = problemsIn(latin);
    expect(problem).toMatchObject({ line: 2, column: 4, frame: "  2 | b: \ufffd\n    |    ^" });
  });
  test("is UTF-16 that ends in the middle of a character", () => {
    expect(problemsIn(Uint8Array.from([0xff, 0xfe, 0x61]))).toMatchObject([
      { code: "BINARY_FILE", line: 1, column: 1 },
    ]);
  });
  test("is UTF-32", () => {
    const [problem] = problemsIn(Uint8Array.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]));
    expect(problem).toMatchObject({ code: "BINARY_FILE", message: "m.yaml is not UTF-16 text; save it as UTF-8" });
  });
  test("ends in the middle of a character", () => {
    expect(problemsIn(Uint8Array.from([0x61, 0x0a, 0x62, 0xc3]))).toMatchObject([{ line: 2, column: 2 }]);
  });
});

test.each([
  ["little", [0xff, 0xfe, 0x61, 0, 0xe9, 0], "a\u00e9"],
  ["big", [0xfe, 0xff, 0, 0x61, 0, 0xe9], "a\u00e9"],
])("UTF-16 with a byte order mark is text, %s end first", (_, bytes, text) => {
  const source = { status: () => ({ kind: "file", bytes: 6 }) as const, read: () => Uint8Array.from(bytes) };
  const problems = new ProblemList();
  expect(readText("m.yaml", source, problems)).toBe(text);
  expect(problems.errorCount).toBe(0);
});

test.each([
  ["a: 1\rb: 2\r", "a: 1\nb: 2\n"],
  ["a: 1\r\nb: 2\r\n", "a: 1\r\nb: 2\r\n"],
  ["a: 1\r\r\nb: 2", "a: 1\r\r\nb: 2"],
])("lines that end with CR alone are lines in a file without any LF: %j", (text, read) => {
  const source = memoryFiles({ "m.yaml": text });
  expect(readText("m.yaml", source, new ProblemList())).toBe(read);
});

describe("YAML", () => {
  test.each([
    ["nothing", "", "EMPTY_FILE", 1, 1],
    ["only comments", "# a\n\n# b\n", "EMPTY_FILE", 1, 1],
    ["only a document start", "---\n", "EMPTY_FILE", 1, 1],
    ["two documents", "name: a\n---\nname: b\n", "SEVERAL_DOCUMENTS", 2, 1],
    ["a list at the top", "- name: a\n", "WRONG_TYPE", 1, 1],
    ["a word at the top", "hello\n", "WRONG_TYPE", 1, 1],
    ["an open bracket", "name: a\nlayers: [1, 2\n", "YAML_SYNTAX", 3, 1],
    ["an open quote", 'name: "a\nb: c\n', "YAML_SYNTAX", 3, 1],
    ["a tab before a key", "name: a\n\tlayers: measured\n", "YAML_SYNTAX", 2, 1],
    ["a key given twice", "name: a\nlayers: measured\nname: b\n", "DUPLICATE_KEY", 3, 1],
    ["an alias without its anchor", "name: *x\nlayers: measured\n", "UNKNOWN_NAME", 1, 7],
    ["an alias inside its anchor", "name: a\nlayers: &x [*x]\n", "CYCLE", 2, 13],
    ["a mapping as a key", "name: a\n{ b: c }: measured\n", "WRONG_TYPE", 2, 1],
    ["too many levels", `name: a\nlayers: ${"[".repeat(150)}${"]".repeat(150)}\n`, "TOO_DEEP", 2, 109],
    ["far too many levels", `name: ${"[".repeat(20_000)}`, "TOO_DEEP", 1, undefined],
  ])("with %s is one problem", (_what, text, code, line, column) => {
    const problems = problemsIn(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code, line, ...(column !== undefined && { column }) });
  });

  test("with the place of an override that needs quotes says so", () => {
    const [problem] = problemsIn("set: { accelerators[0].pes: 1024 }\n");
    expect(problem).toMatchObject({ code: "YAML_SYNTAX", line: 1, column: 20 });
    expect(problem!.message).toContain("; in braces, a key with [ in it needs quotes");
  });

  test("that is an alias bomb is stopped", () => {
    const letters = "abcdefghi".split("");
    const rows = letters.map(
      (letter, i) => `${letter}: &${letter} [${Array(9).fill(i === 0 ? "lol" : `*${letters[i - 1]}`)}]`,
    );
    expect(problemsIn(rows.join("\n"))).toMatchObject([{ code: "TOO_MANY_ALIASES" }]);
  });

  test("may use aliases", () => {
    const text = "name: a\ninput: &s [1, 2, 3]\nlayers:\n  - &f { type: reshape, shape: *s }\n  - *f\n";
    expect(loadModel("m.yaml", memoryFiles({ "m.yaml": text })).variants).toHaveLength(1);
  });

  test("with a byte order mark and Windows line ends has the same places", () => {
    expect(problemsIn("\ufeffname: a\r\nlayers: measured\r\nbatch: -1\r\n")).toMatchObject([
      { code: "NOT_POSITIVE", line: 3, column: 8, frame: "  3 | batch: -1\n    |        ^^" },
    ]);
  });

  test("with a key named __proto__ or constructor is an unknown key", () => {
    const problems = problemsIn("name: a\nlayers: measured\n__proto__: 1\nconstructor: 2\n");
    expect(problems.map(({ code, line }) => [code, line])).toEqual([
      ["UNKNOWN_KEY", 3],
      ["UNKNOWN_KEY", 4],
    ]);
  });
});

describe("a value", () => {
  test.each([
    ["batch: .nan", "NOT_FINITE", 8],
    ["batch: -.inf", "NOT_FINITE", 8],
    ["batch: 1e400", "NOT_FINITE", 8],
    ["batch: 99999999999999999999999", "TOO_BIG", 8],
    ["batch: 2.5", "NOT_WHOLE", 8],
    ["batch: 0", "NOT_POSITIVE", 8],
    ['batch: "4"', "WRONG_TYPE", 8],
    ["batch:", "WRONG_TYPE", 1],
    ["batch: [4]", "WRONG_TYPE", 8],
    ["bytesPerElement: 0", "NOT_POSITIVE", 18],
    ["bytesPerElement: 0x10000", "TOO_BIG", 18],
    ["bacth: 4", "UNKNOWN_KEY", 1],
    ["accuracy: { metric: m, required: 1, better: hihger }", "UNKNOWN_NAME", 45],
    ["accuracy: { metric: m }", "MISSING_KEY", 1],
    ["input: [3, 224]", "WRONG_LENGTH", 8],
    ["title: ''", "WRONG_LENGTH", 8],
    ["source: !!binary aGVsbG8=\nbatch: yes", "WRONG_TYPE", 8],
  ])("%s is reported at its place", (line, code, column) => {
    const problems = problemsIn(`name: a\nlayers: measured\n${line}\n`);
    expect(problems.at(-1)).toMatchObject({ code, column });
    expect(problems).toHaveLength(1);
  });

  test.each(["!!float 2", "!!float 2.0", '!!float "2"', "!!int 2", '!!int "2"'])(
    "with the tag of %s is a number",
    (text) => {
      const { bytesPerElement } = loadModel(
        "m.yaml",
        memoryFiles({ "m.yaml": `name: a\nlayers: measured\nbytesPerElement: ${text}\n` }),
      );
      expect(bytesPerElement).toBe(2);
    },
  );

  test("in hexadecimal is a number", () => {
    expect(
      loadModel("m.yaml", memoryFiles({ "m.yaml": "name: a\nlayers: measured\nbytesPerElement: 0x2\n" })),
    ).toMatchObject({ bytesPerElement: 2 });
  });
});

test("all problems of a file are reported at once, in the order of its lines", () => {
  const text = `nam: a
batch: -1
input: [8, 4, 4]
layers:
  - { type: conv, out: 4, kernal: 3 }
  - { type: covn, out: 4, kernel: 3 }
  - { out: 4 }
  - 7
  - { type: fc, out: 0 }
  - { repeat: 2 }
`;
  expect(problemsIn(text).map(({ code, line, column }) => [code, line, column])).toEqual([
    ["MISSING_KEY", 1, 1],
    ["UNKNOWN_KEY", 1, 1],
    ["NOT_POSITIVE", 2, 8],
    ["UNKNOWN_KEY", 5, 27],
    ["UNKNOWN_NAME", 6, 13],
    ["MISSING_KEY", 7, 5],
    ["WRONG_TYPE", 8, 5],
    ["NOT_POSITIVE", 9, 22],
    ["MISSING_KEY", 10, 5],
  ]);
});
