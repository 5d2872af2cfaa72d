/** The version of this rtmm. */
import { readFileSync } from "node:fs";

/** As package.json has it; from src/experiment and dist/experiment alike it is two folders up. */
export function rtmmVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
