/** Tells names from paths by their form. */
import { isCommand } from "./scheduler-command.ts";

/** A name with a folder or a file ending is a path. */
export const isPath = (name: string): boolean => !isCommand(name) && /[/\\]|\.[A-Za-z]\w*$/.test(name);
