/** A request cannot be fulfilled (unknown name, bad value, unwritable output); nothing was run. */
export class RequestError extends Error {
  override readonly name = "RequestError";
}
