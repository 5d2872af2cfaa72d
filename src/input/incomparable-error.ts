/** A baseline is missing or of something else; nothing was compared. */
export class IncomparableError extends Error {
  override readonly name = "IncomparableError";
}
