/** Tests of policies in Python skip, with a message, where there is no Python. */
import { spawnSync } from "node:child_process";
import { test } from "vitest";

const hasPython = spawnSync("python3", ["--version"]).status === 0 && process.platform !== "win32";

export const pythonTest: typeof test = (hasPython ? test : test.skip) as typeof test;
