/** Connections to a Redis server. Opening one fails with a reason; once open, it reconnects whenever it is lost. */
import type { Redis } from "ioredis";
import { RequestError } from "../../input/request-error.ts";
import type { QueueAddress } from "./queue-address.ts";
import { checkServer } from "./server-check.ts";

/** Shows a remark to the user as one line. */
export type Notify = (remark: string) => void;

const CONNECT_MS = 5_000;
/** A connection is taken to be lost after this long without data, since every one carries regular traffic. */
const SILENT_MS = 20_000;
const LONGEST_WAIT_MS = 2_000;

type State = "starting" | "up" | "away" | "closed";

export class Connection {
  readonly client: Redis;
  readonly hostPort: string;
  readonly #others: Redis[] = [];
  readonly #notify: Notify;
  #state: State = "starting";
  #lastError: Error | undefined;

  private constructor(url: string, hostPort: string, notify: Notify, RedisClient: typeof Redis) {
    this.hostPort = hostPort;
    this.#notify = notify;
    this.client = new RedisClient(url, {
      lazyConnect: true,
      connectTimeout: CONNECT_MS,
      socketTimeout: SILENT_MS,
      // Commands sent while the server is away run when it is back.
      maxRetriesPerRequest: null,
      retryStrategy: (times) => (this.#isKept() ? Math.min(100 * 2 ** times, LONGEST_WAIT_MS) : null),
    });
    this.#watch();
    this.#keepDuplicates();
  }

  /**
   * Calls `notify` when the connection is lost and when it is restored. Throws RequestError if the server cannot be
   * reached now.
   */
  static async open({ url, hostPort }: QueueAddress, notify: Notify): Promise<Connection> {
    const { Redis } = await import("ioredis");
    const connection = new Connection(url, hostPort, notify, Redis);
    const refused = await connection.client.connect().catch((error: Error) => error);
    // Prefer the server's own reason. Selecting a missing database raises an error but still connects.
    const error = connection.#lastError ?? (refused instanceof Error ? refused : undefined);
    try {
      if (error !== undefined) throw error;
      const remark = await checkServer(connection.client);
      if (remark !== undefined) notify(`Redis at ${hostPort}: ${remark}`);
      return connection;
    } catch (fault) {
      connection.close();
      throw new RequestError(`no queue at ${hostPort}: ${reasonOf(fault as Error)}`);
    }
  }

  /** Whether to reconnect. Also applies to duplicates, which BullMQ may try to reconnect after the end. */
  #isKept(): boolean {
    return this.#state === "up" || this.#state === "away";
  }

  #watch(): void {
    this.client.on("error", (error) => (this.#lastError = error));
    this.client.on("close", () => {
      if (this.#state !== "up") return;
      this.#state = "away";
      this.#notify(`lost the connection to ${this.hostPort}; reconnecting`);
    });
    this.client.on("ready", () => {
      if (this.#state === "away") this.#notify(`reconnected to ${this.hostPort}`);
      this.#state = "up";
    });
  }

  /** Keeps track of the connections that BullMQ opens, since it cannot always close them. */
  #keepDuplicates(): void {
    const duplicate = this.client.duplicate.bind(this.client);
    this.client.duplicate = (options) => {
      const other = duplicate(options);
      other.on("error", ignore);
      this.#others.push(other);
      return other;
    };
  }

  /** A new connection for blocking commands, which would delay all others. */
  another(): Redis {
    return this.client.duplicate();
  }

  isUp(): boolean {
    return this.client.status === "ready";
  }

  /** Closes at once. Pending commands fail. */
  close(): void {
    this.#state = "closed";
    for (const client of [this.client, ...this.#others]) client.disconnect();
  }
}

const ignore = (): void => undefined;

const reasons: readonly (readonly [sign: RegExp, reason: string])[] = [
  [/^WRONGPASS/, "wrong user or password"],
  [/^NOAUTH/, "the server requires a password and the URL has none (redis://user:password@host)"],
  [/^NOPERM|executing the script can't/, "the user lacks permissions that a queue needs (docs/cluster.md, Security)"],
  [
    /SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)/,
    "its certificate comes from an unknown authority; set NODE_EXTRA_CA_CERTS to a file with that authority's certificate",
  ],
  [/ALTNAME_INVALID/, "its certificate is for another host"],
  [/CERT_HAS_EXPIRED/, "its certificate has expired"],
  [/EHOSTUNREACH|ENETUNREACH/, "the host is unreachable from here"],
  [/ECONNREFUSED/, "nothing listens there (connection refused)"],
  [/ENOTFOUND|EAI_AGAIN/, "there is no such host"],
  [/ETIMEDOUT/, "it did not answer in time; use rediss:// only for servers with TLS"],
  [/ECONNRESET|Connection is closed/, "it closed the connection; a server with TLS needs rediss://"],
];

/** The server's message may repeat what it was sent, but never a password. */
function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  const text = code === undefined ? error.message : `${code} ${error.message}`;
  return reasons.find(([sign]) => sign.test(text))?.[1] ?? text.split("\n", 1)[0]!;
}
