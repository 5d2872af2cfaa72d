/** The files that image files are made with. They come with rtmm, so a picture does not depend on the machine. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { packageFolder } from "./package-folder.ts";

/** Inter Regular, as TrueType. */
export const fontBytes = (): Uint8Array => readFileSync(join(packageFolder, "dist/fonts/Inter-Regular.ttf"));

/** The module of resvg. */
export const resvgWasm = (): Uint8Array<ArrayBuffer> =>
  readFileSync(createRequire(import.meta.url).resolve("@resvg/resvg-wasm/index_bg.wasm"));
