/** Connections to a Redis server: refused with its reason at the start, kept up from then on. */
import type { Redis } from "ioredis";
import { RequestError } from "../../input/request-error.ts";
import type { QueueAddress } from "./queue-address.ts";
import { checkServer } from "./server-check.ts";

/** Told in a line, for people. */
export type Tell = (remark: string) => void;

const CONNECT_MS = 5_000;
/** A connection on which nothing comes back for so long is gone, whatever the network says; all have something to say. */
const SILENT_MS = 20_000;
const LONGEST_WAIT_MS = 2_000;

type State = "starting" | "up" | "away" | "closed";

export class Connection {
  readonly client: Redis;
  readonly place: string;
  readonly #others: Redis[] = [];
  readonly #tell: Tell;
  #state: State = "starting";
  #lastError: Error | undefined;

  private constructor(url: string, place: string, tell: Tell, RedisClient: typeof Redis) {
    this.place = place;
    this.#tell = tell;
    this.client = new RedisClient(url, {
      lazyConnect: true,
      connectTimeout: CONNECT_MS,
      socketTimeout: SILENT_MS,
      // What was asked for while the server was away is done when it is back.
      maxRetriesPerRequest: null,
      retryStrategy: (times) => (this.#isKept() ? Math.min(100 * 2 ** times, LONGEST_WAIT_MS) : null),
    });
    this.#watch();
    this.#keepDuplicates();
  }

  /** `tell` hears when the server is away and when it is back. Throws RequestError where it is away now. */
  static async open({ url, place }: QueueAddress, tell: Tell): Promise<Connection> {
    const { Redis } = await import("ioredis");
    const connection = new Connection(url, place, tell, Redis);
    const refused = await connection.client.connect().catch((error: Error) => error);
    // The server's own reason comes first; a database that is not there does not keep it from connecting.
    const error = connection.#lastError ?? (refused instanceof Error ? refused : undefined);
    try {
      if (error !== undefined) throw error;
      const remark = await checkServer(connection.client);
      if (remark !== undefined) tell(`Redis at ${place}: ${remark}`);
      return connection;
    } catch (fault) {
      connection.close();
      throw new RequestError(`no queue at ${place}: ${reasonOf(fault as Error)}`);
    }
  }

  /** Also asked for duplicates: the queue's package may want to connect one again when all is over. */
  #isKept(): boolean {
    return this.#state === "up" || this.#state === "away";
  }

  #watch(): void {
    this.client.on("error", (error) => (this.#lastError = error));
    this.client.on("close", () => {
      if (this.#state !== "up") return;
      this.#state = "away";
      this.#tell(`the connection to ${this.place} is lost; it is tried again until it is back`);
    });
    this.client.on("ready", () => {
      if (this.#state === "away") this.#tell(`connected to ${this.place} again`);
      this.#state = "up";
    });
  }

  /** The queue's package makes connections of its own, and cannot always close them. */
  #keepDuplicates(): void {
    const duplicate = this.client.duplicate.bind(this.client);
    this.client.duplicate = (options) => {
      const other = duplicate(options);
      other.on("error", ignore);
      this.#others.push(other);
      return other;
    };
  }

  /** One that may wait for something without holding up the others. */
  another(): Redis {
    return this.client.duplicate();
  }

  isUp(): boolean {
    return this.client.status === "ready";
  }

  /** At once; what is not answered yet fails. */
  close(): void {
    this.#state = "closed";
    for (const client of [this.client, ...this.#others]) client.disconnect();
  }
}

const ignore = (): void => undefined;

const reasons: readonly (readonly [sign: RegExp, reason: string])[] = [
  [/^WRONGPASS/, "wrong user or password"],
  [/^NOAUTH/, "it asks for a password; the URL has none (redis://user:password@host)"],
  [/^NOPERM|executing the script can't/, "the user may not do what a queue needs (docs/cluster.md, Security)"],
  [
    /SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)/,
    "its certificate is of an authority that is not known here; NODE_EXTRA_CA_CERTS names a file with the authority's own",
  ],
  [/ALTNAME_INVALID/, "its certificate is for another host"],
  [/CERT_HAS_EXPIRED/, "its certificate has expired"],
  [/EHOSTUNREACH|ENETUNREACH/, "no way leads to that host from here"],
  [/ECONNREFUSED/, "nothing listens there (connection refused)"],
  [/ENOTFOUND|EAI_AGAIN/, "there is no such host"],
  [/ETIMEDOUT/, "it does not answer in time; rediss:// is for servers with TLS alone"],
  [/ECONNRESET|Connection is closed/, "it closed the connection; servers with TLS need rediss://"],
];

/** A server's own words may hold what it was sent, but no password. */
function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  const text = code === undefined ? error.message : `${code} ${error.message}`;
  return reasons.find(([sign]) => sign.test(text))?.[1] ?? text.split("\n", 1)[0]!;
}
