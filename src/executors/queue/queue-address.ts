/** Where a queue is: a Redis server, by its URL. */
import { RequestError } from "../../input/request-error.ts";

export interface QueueAddress {
  /** With user and password: never shown. */
  readonly url: string;
  /** `host:port`, for messages. */
  readonly place: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const example = "redis://host:6379 or, with a password and TLS, rediss://user:password@host:6380";
const inPasswords =
  "in passwords, characters such as # ? / @ % are written as %23 and so on, or leave it to REDISCLI_AUTH";

/**
 * A URL without a password takes that of `REDISCLI_AUTH`, as redis-cli does: command lines are seen by everybody on a
 * machine. Throws RequestError, which does not repeat the URL.
 */
export function queueAddress(text: string, environment: Environment = {}): QueueAddress {
  if (!URL.canParse(text))
    throw new RequestError(`--queue is the URL of a Redis server, such as ${example}; ${inPasswords}`);
  const url = new URL(text);
  if (url.protocol !== "redis:" && url.protocol !== "rediss:") {
    throw new RequestError(
      `--queue starts with redis:// or rediss://, got ${url.protocol}//; an example is ${example}`,
    );
  }
  if (url.hostname === "") throw new RequestError(`--queue names no host; an example is ${example}`);
  // A password that is not written as URLs want it may be anywhere behind the first of its characters: it is not shown.
  if (!/^\/?\d*$/.test(url.pathname))
    throw new RequestError(`the path of --queue is the number of a database, such as /0; ${inPasswords}`);
  if (url.search !== "" || url.hash !== "")
    throw new RequestError(`--queue ends with the port or the number of a database, not with ? or #; ${inPasswords}`);
  if (!isDecodable(url.username) || !isDecodable(url.password))
    throw new RequestError(`--queue has a % that no two hexadecimal digits follow; ${inPasswords}`);
  const password = environment.REDISCLI_AUTH;
  if (url.password === "" && password) url.password = encodeURIComponent(password);
  return { url: url.href, place: `${url.hostname}:${url.port || "6379"}` };
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
