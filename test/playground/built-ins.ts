/** The files that come with rtmm, as the playground has them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../repository.ts";

const folders = ["hardware", "workloads/models", "workloads/scenarios", "workloads/suites"];

export const builtIns: Readonly<Record<string, string>> = Object.fromEntries(
  folders.flatMap((folder) =>
    readdirSync(join(repository, folder)).map((file) => [
      `${folder}/${file}`,
      readFileSync(join(repository, folder, file), "utf8"),
    ]),
  ),
);
