/** `rtmm complete -- words…`: what a shell asks on Tab. Hidden, and quick: it loads neither commander nor a command. */
import { readFileSync } from "node:fs";
import { completionFile } from "../../files/package-folder.ts";
import type { Streams } from "../streams.ts";
import { type CompletionData, completionOf } from "./candidates.ts";

/** A line for each candidate, with a tab before its summary; then `:files` or `:folders` where paths may stand too. */
export function complete(words: readonly string[], { stdout }: Pick<Streams, "stdout">): void {
  const data = JSON.parse(readFileSync(completionFile, "utf8")) as CompletionData;
  const { candidates, files } = completionOf(words, data);
  const lines = candidates.map(({ text, summary }) => (summary === "" ? text : `${text}\t${summary}`));
  if (files !== undefined) lines.push(`:${files}`);
  stdout.write(lines.map((line) => `${line}\n`).join(""));
}
