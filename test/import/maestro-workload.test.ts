import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { importMaestroWorkload } from "../../src/import/index.ts";
import type { Problem } from "../../src/input/problem.ts";
import { layer, network, places, sizes, workloadProblems } from "./texts.ts";

const imported = (text: string, file = "workload.m") => {
  const { models, scenario } = importMaestroWorkload(text, file);
  return { models: models.map(({ text }) => parse(text)), scenario: parse(scenario.text) };
};
const layersOf = (text: string) => imported(`Network a { FPS 1 ${text} }`).models[0].layers;
const codes = (text: string) => places(workloadProblems(text)).map(([code]) => code);
const warningsOf = (text: string): Problem[] => {
  const warnings: Problem[] = [];
  importMaestroWorkload(text, "workload.m", {}, (warning) => warnings.push(warning));
  return warnings;
};

describe("tokens", () => {
  test("any of the separators may stand between tokens", () => {
    expect(layersOf("Layer--b,{ Type:CONV;Dimensions { K(1)C:2,Y-3;X>4 R 1 S 1 } }")).toEqual([
      { name: "b", type: "conv", K: 1, C: 2, Y: 3, X: 4, R: 1, S: 1 },
    ]);
  });

  test("a token that begins with // discards the rest of its line, one that holds // does not", () => {
    const text = "Layer b { Type CONV // } \n Dimensions { K 3//x C 2 Y 3 X 4 ://' R 9 \n R 1 S 1 } }";
    expect(layersOf(text)).toMatchObject([{ K: 3, C: 2, Y: 3, X: 4, R: 1, S: 1 }]);
  });

  test("CRLF line ends and a byte order mark are accepted", () => {
    const text = `${network("a")} // comment\n${network("b")}\n`;
    expect(imported(`\uFEFF${text.replaceAll("\n", "\r\n")}`)).toEqual(imported(text));
  });

  test("a number is the leading digits of its token", () => {
    expect(layersOf("Layer b { Type CONV Dimensions { K 3x C 2.7 Y 3_ X 4 R 1 S 1 } }")).toMatchObject([
      { K: 3, C: 2 },
    ]);
  });

  test("a brace that touches a name is reported where the token stands, and reading goes on", () => {
    expect(places(workloadProblems(`Network a{ FPS 0\n${layer}}`))).toEqual([
      ["MAESTRO_SYNTAX", 1, 9],
      ["NOT_POSITIVE", 1, 16],
      ["MAESTRO_SYNTAX", 2, 70],
    ]);
  });
});

describe("networks", () => {
  test("order inside a network is free", () => {
    const text = `${network("p")} Network a { ${layer} Probability .5 Dependency { p } FPS 30 }`;
    expect(imported(text).scenario.tasks[1]).toEqual({
      id: "a",
      model: "a",
      fps: 30,
      after: { task: "p", probability: 0.5 },
    });
  });

  test("the last of several names, and of a hyphenated one, counts", () => {
    const text = `${network("my first-net")} ${network("b", "Dependency { first-net }")}`;
    expect(imported(text).scenario.tasks).toMatchObject([{ id: "net" }, { id: "b", after: { task: "net" } }]);
  });

  test("a name may hold dots, quotes and digits, and becomes a kebab-case id with the original as title", () => {
    const { models, scenario } = importMaestroWorkload(network("ES_Net.v2'"), "folder/My_scenarioA.m");
    expect(models.map(({ name }) => name)).toEqual(["es-net-v2"]);
    expect(parse(models[0]?.text ?? "")).toMatchObject({ name: "es-net-v2", title: "ES_Net.v2'" });
    expect(scenario.name).toBe("my-scenario-a");
  });

  test("networks whose ids would be equal get different ones", () => {
    const text = `${network("A_b")} ${network("a.b", "Dependency { A_b }")}`;
    expect(imported(text).scenario.tasks).toMatchObject([{ id: "a-b" }, { id: "a-b-2", after: { task: "a-b" } }]);
  });

  test("the scenario does not take the name of a model", () => {
    expect(importMaestroWorkload(network("workload"), "workload.m").scenario.name).toBe("workload-2");
  });

  test("several dependencies join", () => {
    const text = `${network("p")} ${network("q")} ${network("c", "Dependency: { p, q } Probability: 0.2")}`;
    expect(imported(text).scenario.tasks[2].after).toEqual({ tasks: ["p", "q"], probability: 0.2 });
  });

  test("networks and layers without a name get one", () => {
    const { models } = imported(`Network { FPS 1 Layer { Type CONV Dimensions { ${sizes} } } }`);
    expect(models[0]).toMatchObject({ name: "network1", layers: [{ name: "layer1" }] });
  });
});

describe("layers", () => {
  test("a repeated dimension keeps its first value", () => {
    expect(layersOf(`Layer b { Type CONV Dimensions { K 7 K 8 ${sizes} } }`)).toMatchObject([{ K: 7 }]);
  });

  test("output sizes are written as they are", () => {
    expect(layersOf("Layer b { Type CONV Dimensions { K 1 C 1 Y' 5 X' 6 R 3 S 3 } }")).toEqual([
      { name: "b", type: "conv", K: 1, C: 1, "Y'": 5, "X'": 6, R: 3, S: 3 },
    ]);
  });

  test("DSCONV is a depthwise convolution with K as its multiplier", () => {
    expect(layersOf(`Layer b { Type DSCONV Dimensions { ${sizes} } }`)).toMatchObject([
      { type: "depthwise-conv", K: 1, C: 2 },
    ]);
  });

  test("TRCONV and NGCONV are convolutions with a comment", () => {
    const text = `Network a { FPS 1 Layer b { Type TRCONV Dimensions { ${sizes} } } Layer c { Dimensions { ${sizes} } Type NGCONV } }`;
    const yaml = importMaestroWorkload(text, "workload.m").models[0]?.text ?? "";
    expect(yaml).toContain("S: 1 } # TRCONV (costs the same as CONV)\n");
    expect(parse(yaml).layers).toMatchObject([{ type: "conv" }, { type: "conv" }]);
  });

  test("strides and N are kept as a comment, with a warning, so that the cost stays the artifact's", () => {
    const text = `Network a { FPS 1 Layer b { Type CONV Stride { X 2 Y 1 } Dimensions { N 4 ${sizes} } } }`;
    const yaml = importMaestroWorkload(text, "workload.m").models[0]?.text ?? "";
    expect(yaml).toContain("# N 4 (ignored, as by the artifact); stride X 2 (ignored, as by the artifact)\n");
    expect(parse(yaml).layers[0]).not.toHaveProperty("stride");
    expect(places(warningsOf(text))).toEqual([["NO_EFFECT", 1, 9]]);
  });

  test("layers of one name get different ones", () => {
    expect(layersOf(`${layer} ${layer}`)).toMatchObject([{ name: "conv1" }, { name: "conv1-2" }]);
  });
});

describe("what is wrong is reported at its place", () => {
  const inNetwork = (text: string) => `Network a { FPS 1\n${text} }`;
  const inLayer = (text: string) => inNetwork(`Layer b {\n${text} }`);
  const inDimensions = (text: string) => inLayer(`Type CONV Dimensions {\n${text} }`);
  test.each([
    ["an empty file", "", [["EMPTY_FILE", 1, 1]]],
    ["a file of comments", "// nothing\n", [["EMPTY_FILE", 2, 1]]],
    ["a misspelt Network", network("a").replace("Network", "Netwrok"), [["UNKNOWN_KEY", 1, 1]]],
    ["a word that is none", `Nonsense { a b }\n${network("a")}`, [["UNKNOWN_KEY", 1, 1]]],
    ["a brace too many", `${network("a")}\n}`, [["UNKNOWN_KEY", 2, 1]]],
    ["a missing opening brace", `Network a\nFPS 1\n${layer} }`, [["MAESTRO_SYNTAX", 2, 1]]],
    ["a missing closing brace", `Network a { FPS 1\n${layer}\n${network("b")}`, [["MAESTRO_SYNTAX", 3, 1]]],
    ["a missing closing brace at the end", `Network a { FPS 1\n${layer}`, [["MAESTRO_SYNTAX", 2, 71]]],
    ["no FPS", `Network a { ${layer} }`, [["MISSING_KEY", 1, 9]]],
    ["FPS 0", `Network a { FPS 0 ${layer} }`, [["NOT_POSITIVE", 1, 17]]],
    ["FPS that is no number", `Network a { FPS fast ${layer} }`, [["WRONG_TYPE", 1, 17]]],
    ["FPS without a number", `Network a { FPS\n${layer} }`, [["WRONG_TYPE", 2, 1]]],
    ["a probability above 1", inNetwork(`Probability 1.5 ${layer}`), [["TOO_BIG", 2, 13]]],
    ["a network without layers", "Network a { FPS 1 }", [["MISSING_KEY", 1, 9]]],
    ["a network twice", `${network("a")}\n${network("a")}`, [["DUPLICATE_ID", 2, 9]]],
    ["an unknown dependency", `${network("abcd")}\n${network("b", "Dependency { abce }")}`, [["UNKNOWN_NAME", 2, 34]]],
    ["an unknown word in a network", inNetwork(`Rate 3 ${layer}`), [["UNKNOWN_KEY", 2, 1]]],
    ["a dataflow in a layer", inLayer(`Dataflow { } Type CONV Dimensions { ${sizes} }`), [["UNKNOWN_KEY", 3, 1]]],
    ["no type", inLayer(`Dimensions { ${sizes} }`), [["MISSING_KEY", 2, 7]]],
    ["a reserved type", inLayer(`Type LSTM Dimensions { ${sizes} }`), [["UNSUPPORTED", 3, 6]]],
    ["an unknown type", inLayer(`Type SOFTMAX Dimensions { ${sizes} }`), [["UNKNOWN_NAME", 3, 6]]],
    ["no dimensions", inLayer("Type CONV"), [["MISSING_KEY", 2, 7]]],
    ["a missing dimension", inLayer("Type CONV Dimensions { K 1 C 1 Y 1 R 1 S 1 }"), [["MISSING_KEY", 3, 11]]],
    ["both Y and Y'", inLayer(`Type CONV Dimensions { ${sizes} Y' 3 }`), [["KEYS_EXCLUDE", 3, 11]]],
    ["an unknown dimension", inDimensions(`Q 4 ${sizes}`), [["UNKNOWN_KEY", 4, 1]]],
    ["a size of 0", inDimensions(`N 0 ${sizes}`), [["NOT_POSITIVE", 4, 3]]],
    ["a size beyond all reason", inDimensions(`N 1000000001 ${sizes}`), [["TOO_BIG", 4, 3]]],
    ["two sizes for a dimension", inDimensions(`N 1 2 ${sizes}`), [["UNKNOWN_KEY", 4, 5]]],
    [
      "Stride behind Dimensions",
      inLayer(`Type CONV Dimensions { ${sizes} } Stride { X 1 }`),
      [["MAESTRO_SYNTAX", 3, 55]],
    ],
    ["a stride of 0", inLayer(`Type CONV Stride { X 0 } Dimensions { ${sizes} }`), [["NOT_POSITIVE", 3, 22]]],
  ])("%s", (_, text, expected) => {
    expect(places(workloadProblems(text))).toEqual(expected);
  });

  test("a word that is nearly a keyword is read as the keyword it was meant to be", () => {
    const text = "network a { fps 1 Layr b { Type: conv Dimension { k 1, C 1, Y 1, X 1, R 1, S 1 } } }";
    expect(workloadProblems(text).map(({ message }) => /did you mean "(.*)"\?/.exec(message)?.[1])).toEqual([
      "Network",
      "FPS",
      "Layer",
      "CONV",
      "Dimensions",
      "K",
    ]);
  });

  test("all problems of a file come at once, in the order of the file", () => {
    const text = `Network a {\nProbability x\nLayer b { Type FC }\n}\nNetwork c { FPS 0 }`;
    expect(places(workloadProblems(text))).toEqual([
      ["MISSING_KEY", 1, 9],
      ["WRONG_TYPE", 2, 13],
      ["MISSING_KEY", 3, 7],
      ["UNSUPPORTED", 3, 16],
      ["MISSING_KEY", 5, 9],
      ["NOT_POSITIVE", 5, 17],
    ]);
  });

  test("a problem has a code frame", () => {
    const problem = workloadProblems(`Network a { FPS fast ${layer.replace("conv1", "b")} }`)[0];
    expect(problem?.frame.split("\n")[1]).toBe(`    | ${" ".repeat(16)}^^^^`);
  });

  test("a binary file gives a bounded number of problems", () => {
    expect(workloadProblems("Network { ".repeat(5000)).length).toBeLessThanOrEqual(100);
  });
});

describe("dependencies that no scenario can have", () => {
  test("a cycle is reported once, at a dependency in it", () => {
    const waiting = [
      ["c", "b"],
      ["b", "a"],
      ["a", "b"],
    ] as const;
    const text = waiting.map(([name, parent]) => network(name, `Dependency { ${parent} }`)).join("\n");
    expect(places(workloadProblems(text))).toEqual([["CYCLE", 2, 34]]);
  });

  test("a cycle among networks of one name is no other error", () => {
    const text = [network("a", "Dependency { b }"), network("b", "Dependency { a }"), network("b")].join("\n");
    expect(codes(text)).toEqual(["CYCLE", "DUPLICATE_ID"]);
  });

  test("parents at different rates are a problem", () => {
    const other = network("q").replace("30", "60");
    expect(codes(`${network("p")} ${other} ${network("c", "Dependency { p q }")}`)).toEqual(["DIFFERENT_RATES"]);
  });

  test("a rate that differs from the parent's, and a probability without a parent, are warned of", () => {
    const text = `${network("p", "Probability 0.5")}\n${network("c", "Dependency { p }").replace("30", "15")}`;
    expect(places(warningsOf(text))).toEqual([
      ["NO_EFFECT", 1, 9],
      ["DIFFERENT_RATES", 2, 9],
    ]);
  });
});
