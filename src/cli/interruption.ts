/** Ctrl-C during a run. */
export class Interruption extends Error {
  override readonly name = "Interruption";
}
