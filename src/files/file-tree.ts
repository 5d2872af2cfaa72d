/** Where the files of a call are on disk: at their own paths, or in a folder with the files of another machine. */
import { join, relative, resolve, sep } from "node:path";
import { packageFolder } from "./package-folder.ts";

export interface FileTree {
  /** The folder of the rtmm that was called. Paths of built-ins start there. */
  readonly packageFolder: string;
  /** Where the file of an absolute path is on this machine. */
  onDisk(path: string): string;
}

export const thisMachine: FileTree = { packageFolder, onDisk: (path) => path };

/** Files of another machine in a folder of this one. They keep their paths below its root, so relative paths work. */
export interface BroughtFiles {
  /** Absolute, on this machine. */
  readonly root: string;
  /** The folder of the other machine's rtmm. Its built-ins are the same as here. */
  readonly packageFolder: string;
}

export function fileTree(brought: BroughtFiles | undefined): FileTree {
  if (brought === undefined) return thisMachine;
  const { root } = brought;
  return {
    packageFolder: brought.packageFolder,
    onDisk(path) {
      const inPackage = relative(brought.packageFolder, path);
      const isBuiltIn = builtInFolders.includes(inPackage.split(sep)[0]!);
      return isBuiltIn ? join(packageFolder, inPackage) : placeIn(root, path);
    },
  };
}

/** Stays below the root, even if the path contains `..`. */
export const placeIn = (root: string, path: string): string => join(root, resolve("/", path));

const builtInFolders = ["workloads", "hardware"];
