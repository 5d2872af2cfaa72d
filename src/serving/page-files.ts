/** The answers of a server of fixed files: which file a request gets, and under which rules the browser may use it. */

export interface PageRequest {
  readonly method: string | undefined;
  /** As it came: a path, perhaps with a query. */
  readonly url: string | undefined;
  /** The `Host` header. */
  readonly host: string | undefined;
}

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

export interface Pages {
  /** By name. There are no folders, so no path leads out of them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Where `/` leads: the first page, with a fragment that says what it shows. */
  readonly start: string;
  readonly port: number;
}

/** What a browser may do on the pages. The pages have the same policy inside, for servers that send none. */
export const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "worker-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const common = {
  "Content-Security-Policy": `${contentPolicy}; frame-ancestors 'self'`,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-cache",
} as const;

const mimeTypes: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
};

export function answerTo({ method, url = "/", host }: PageRequest, { files, start, port }: Pages): PageAnswer {
  // A page elsewhere can have its own name point to this machine, and would then be taken for ours.
  if (!isOwn(host, port)) return plain(403, "This server answers to 127.0.0.1 and localhost only.");
  if (method !== "GET" && method !== "HEAD") return plain(405, "Only GET and HEAD.", { Allow: "GET, HEAD" });
  const path = url.split("?", 1)[0]!;
  if (path === "/") return plain(302, "", { Location: start });
  const name = path.slice(1);
  const file = files.get(name);
  if (file === undefined) return plain(404, "There is no such file.");
  const type = mimeTypes[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  return { status: 200, headers: { ...common, "Content-Type": type }, body: file };
}

const isOwn = (host: string | undefined, port: number): boolean =>
  ["127.0.0.1", "localhost"].some((name) => host === `${name}:${port}` || (port === 80 && host === name));

const plain = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): PageAnswer => ({
  status,
  headers: { ...common, "Content-Type": "text/plain; charset=utf-8", ...headers },
  body: body === "" ? "" : `${body}\n`,
});
