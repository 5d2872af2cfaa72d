#!/usr/bin/env node
// Writes what completion knows to dist/completion.json, and the help of each command to dist/help.json.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gatherCompletionData } from "../dist/cli/completion/gather.js";
import { main } from "../dist/cli/main.js";

const dist = join(dirname(fileURLToPath(import.meta.url)), "../dist");
const data = await gatherCompletionData();
writeFileSync(join(dist, "completion.json"), JSON.stringify(data));

const paths = [[], ...pathsIn(data.program)];
const texts = await Promise.all(paths.map(async (path) => [path.join(" "), await helpOf(path)]));
writeFileSync(join(dist, "help.json"), JSON.stringify(Object.fromEntries(texts)));

/** Each command by its names, with those inside it; `help` has no help. */
function pathsIn({ commands }) {
  const own = commands.filter(({ name }) => name !== "help");
  return own.flatMap((command) => [[command.name], ...pathsIn(command).map((path) => [command.name, ...path])]);
}

async function helpOf(path) {
  const parts = [];
  const stdout = { write: (part) => parts.push(part) };
  const code = await main([...path, "--help"], { stdout, stderr: stdout, env: {} });
  if (code !== 0) throw new Error(`rtmm ${path.join(" ")} --help exits with ${code}`);
  return parts.join("");
}
