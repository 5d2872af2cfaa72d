/** Which importer reads a file: told by its content, whatever it is called. */
import { expect, test } from "vitest";
import { fileKind } from "../../src/import/index.ts";
import { resaved } from "./imported-files.ts";
import { openvino, ort, qnn, rknn, tfliteCsv, tfliteNew, tfliteOld, trtLog, trtProfile, trtTimes } from "./profiles.ts";
import { accelerator, network, ws } from "./texts.ts";

const texts: Readonly<Record<string, readonly string[]>> = {
  aihub: ["precisions:\n  float:\n    components:\n      Net:\n        performance_metrics:\n          Board: {}\n"],
  simso: ['<?xml version="1.0" ?>\n<!-- a set -->\n<simulation duration="100"></simulation>\n'],
  jobset: [
    "Task ID, Job ID, Arrival min, Arrival max, Cost min, Cost max, Deadline, Priority\n1, 1, 0, 0, 1, 2, 10, 1\n",
    "Predecessor TID, Predecessor JID, Successor TID, Successor JID\n1, 1, 1, 2\n",
    "jobset:\n  - Task ID: 1\n",
  ],
  maestro: [network("n"), ws, accelerator("a"), "num_pes: 256\nl1_size_cstr: 100\n", "K,C,Y,X,R,S,T\n1,1,1,1,1,1,1\n"],
  scalesim: [
    "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\nc, 8, 8, 3, 3, 1, 1, 1,\n",
    "Layer, M, N, K,\nf, 1, 2, 3,\n",
    "[general]\nrun_name = x\n[architecture_presets]\nArrayHeight: 8\n",
  ],
  timeloop: [
    "{{include_text('../problem_base.yaml')}}\nproblem:\n  <<<: *problem_base\n  instance: {C: 3, M: 64}\n",
    "Summary Stats\n-------------\nCycles: 1\n",
  ],
  arrivals: [
    "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03.9799600,4808,10\n",
    '{"timestamp": 0, "input_length": 10, "output_length": 2, "hash_ids": [1]}\n',
    "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n5,ChatGPT,472,18,490,Conversation log\n",
  ],
  profile: [
    openvino,
    ort,
    qnn,
    rknn,
    tfliteCsv,
    tfliteNew,
    tfliteOld,
    trtLog,
    trtProfile,
    trtTimes,
    "FPS     (hw_only)                 = 49.5\n",
  ],
};

const each = Object.entries(texts).flatMap(([importer, own]) => own.map((text) => [importer, text] as const));

test.each(each)("%s reads %j", (importer, text) => {
  expect(fileKind(text)?.importer).toBe(importer);
  for (const [how, save] of resaved) expect([how, fileKind(save(text))?.importer]).toEqual([how, importer]);
});

test.each([
  "",
  "name: vr\ndurationMs: 1000\ntasks:\n  - { id: a, model: m, fps: 30 }\n",
  "model,accelerator,layer,latencyMs\nkws,npu,conv,1\n",
  "releaseMs,task\n0,a\n",
  '{ "a": 1 }\n',
  "not a table, nor anything else\n",
])("a file of rtmm or of nobody is of no tool: %j", (text) => {
  expect(fileKind(text)).toBeUndefined();
});
