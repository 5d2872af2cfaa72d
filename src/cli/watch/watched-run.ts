/** The process of one run of `rtmm watch`: `rtmm run` that tells which files it read. A process of its own loads every policy anew. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { start } from "../start.ts";
import { MISSING, type WatchMessage } from "./messages.ts";

const send = (message: WatchMessage): unknown => process.send?.(message);
const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

void start(process.argv.slice(2), {
  files: {
    asked(path) {
      if (!existsSync(path)) send({ kind: "file", path, state: MISSING });
    },
    read: (path, bytes) => send({ kind: "file", path: resolve(path), state: hashOf(bytes) }),
  },
  finished: (results) => send({ kind: "results", results }),
  // The channel to the parent keeps the process alive.
}).then(() => process.disconnect?.());
