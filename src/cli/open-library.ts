/** The files of a command. */
import { thisMachine } from "../files/file-tree.ts";
import { Library } from "../files/library.ts";
import { noCaller } from "../run/run-files.ts";
import type { Invocation } from "./command.ts";

export const openLibrary = ({ streams, fileEvents }: Pick<Invocation, "streams" | "fileEvents">): Library =>
  new Library(streams.cwd, thisMachine, noCaller, new Map(), fileEvents);
