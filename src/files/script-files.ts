/** What loading a user's script needs of the library; it knows nothing of schedulers. */
import type { FileSource } from "../input/file-source.ts";
import type { InputFile } from "../records/run-result.ts";

export interface ScriptFiles extends FileSource {
  absolute(path: string): string;
  /** As the user is shown it; equal files have equal paths. */
  shown(path: string): string;
  /** Where the file is on this machine. */
  onDisk(path: string): string;
  origin(path: string): Pick<InputFile, "from" | "path">;
  sha256(path: string): string;
}
