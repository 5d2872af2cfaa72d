/** The files of this machine, as a program asks for them. */
import { resolve } from "node:path";
import { thisMachine } from "../files/file-tree.ts";
import { Library } from "../files/library.ts";
import type { Place } from "../request/place.ts";
import type { Caller } from "../run/run-files.ts";

/** Where a request looks for files on this machine. */
export interface OnMachine {
  /** Folder that paths start from (the process's current one). */
  readonly cwd?: string;
}

export const openLibrary = ({ cwd = "." }: OnMachine, caller: Caller): Library =>
  new Library(resolve(cwd), thisMachine, caller);

export const onMachine = (request: OnMachine): Place => ({
  keys: ["cwd"],
  open: (caller) => openLibrary(request, caller),
});
