/** Where a queue is: a Redis server, by its URL. */
import { RequestError } from "../request-error.ts";

export interface QueueAddress {
  /** With user and password: never shown. */
  readonly url: string;
  /** `host:port`, for messages. */
  readonly place: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const example = "redis://host:6379 or, with a password and TLS, rediss://user:password@host:6380";

/**
 * A URL without a password takes that of `REDISCLI_AUTH`, as redis-cli does: command lines are seen by everybody on a
 * machine. Throws RequestError, which does not repeat the URL.
 */
export function queueAddress(text: string, environment: Environment = {}): QueueAddress {
  if (!URL.canParse(text)) throw new RequestError(`--queue is the URL of a Redis server, such as ${example}`);
  const url = new URL(text);
  if (url.protocol !== "redis:" && url.protocol !== "rediss:") {
    throw new RequestError(
      `--queue starts with redis:// or rediss://, got ${url.protocol}//; an example is ${example}`,
    );
  }
  if (url.hostname === "") throw new RequestError(`--queue names no host; an example is ${example}`);
  if (!/^\/?\d*$/.test(url.pathname)) {
    throw new RequestError(`the path of --queue is the number of a database, such as /0, got ${url.pathname}`);
  }
  const password = environment.REDISCLI_AUTH;
  if (url.password === "" && password) url.password = encodeURIComponent(password);
  return { url: url.href, place: `${url.hostname}:${url.port || "6379"}` };
}
