/** Opens a page in the user's browser. */
import { spawn } from "node:child_process";

/** Resolves to whether a program could be started for it. */
export function openInBrowser(url: string): Promise<boolean> {
  const [command, ...words] = opener(url);
  return new Promise((resolve) => {
    const child = spawn(command, words, { stdio: "ignore", detached: true });
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}

function opener(url: string): readonly [string, ...string[]] {
  if (process.platform === "darwin") return ["open", url];
  // Without a shell, which would read more into the URL than there is.
  if (process.platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler", url];
  return ["xdg-open", url];
}
