/** Address of a queue: the URL of a Redis server. */
import { RequestError } from "../../input/request-error.ts";

export interface QueueAddress {
  /** Includes user and password, so it is never shown. */
  readonly url: string;
  /** `host:port`, for messages. */
  readonly hostPort: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const example = "redis://host:6379 or, with a password and TLS, rediss://user:password@host:6380";
const inPasswords = "in a password, write characters such as # ? / @ % as %23 and so on, or set REDISCLI_AUTH instead";

/**
 * If the URL has no password, uses `REDISCLI_AUTH`, as redis-cli does: every user of a machine can see command lines.
 * Throws RequestError, which does not repeat the URL.
 */
export function queueAddress(text: string, environment: Environment = {}): QueueAddress {
  if (!URL.canParse(text))
    throw new RequestError(`--queue must be the URL of a Redis server, such as ${example}; ${inPasswords}`);
  const url = new URL(text);
  if (url.protocol !== "redis:" && url.protocol !== "rediss:") {
    throw new RequestError(
      `--queue must start with redis:// or rediss://, got ${url.protocol}//; an example is ${example}`,
    );
  }
  if (url.hostname === "") throw new RequestError(`--queue names no host; an example is ${example}`);
  // A badly escaped password may end up in any later part of the URL, so the messages show none of them.
  if (!/^\/?\d*$/.test(url.pathname))
    throw new RequestError(`the path of --queue must be the number of a database, such as /0; ${inPasswords}`);
  if (url.search !== "" || url.hash !== "")
    throw new RequestError(`--queue must end with the port or a database number, without ? or #; ${inPasswords}`);
  if (!isDecodable(url.username) || !isDecodable(url.password))
    throw new RequestError(`--queue has a % without two hexadecimal digits after it; ${inPasswords}`);
  const password = environment.REDISCLI_AUTH;
  if (url.password === "" && password) url.password = encodeURIComponent(password);
  return { url: url.href, hostPort: `${url.hostname}:${url.port || "6379"}` };
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
