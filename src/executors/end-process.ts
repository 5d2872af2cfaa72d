/** Ends the process of a policy at once. It may have ended by itself. */
export function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // There is no such process any more.
  }
}
