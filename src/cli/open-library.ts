/** The files of a command. */
import { thisMachine } from "../files/file-tree.ts";
import { Library } from "../files/library.ts";
import { noCaller } from "../run/run-files.ts";
import type { Invocation } from "./command.ts";

export const openLibrary = ({
  streams,
  loadPolicy,
  fileEvents,
}: Pick<Invocation, "streams" | "loadPolicy" | "fileEvents">): Library =>
  new Library(streams.cwd, thisMachine, { ...noCaller, loadPolicy }, new Map(), fileEvents);
