/** Serves a folder of files to browsers on this machine. */
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { RequestError } from "../input/request-error.ts";
import { answerTo, type Pages } from "./page-files.ts";

export interface PageServerOptions {
  /** Its files are read once, when the server starts. */
  readonly folder: string;
  /** undefined: the first of the usual ones that is free. */
  readonly port: number | undefined;
  /** Where `/` leads. */
  readonly start: string;
}

export interface PageServer {
  /** Such as `http://127.0.0.1:8642/`. */
  readonly url: string;
  close(): Promise<void>;
}

const ADDRESS = "127.0.0.1";
const FIRST_PORT = 8642;
const USUAL_PORTS = 20;

/** Throws RequestError if the port is in use, or may not be used. */
export async function openPageServer({ folder, port, start }: PageServerOptions): Promise<PageServer> {
  const files = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
  const server = createServer((request, response) => {
    const { port: own } = server.address() as { readonly port: number };
    respond(request, response, { files, start, port: own });
  });
  await (port === undefined ? listenOnFreePort(server) : listenOn(server, port));
  const { port: own } = server.address() as { readonly port: number };
  return { url: `http://${ADDRESS}:${own}/`, close: () => closed(server) };
}

function respond({ method, url, headers }: IncomingMessage, response: ServerResponse, pages: Pages): void {
  const { status, headers: own, body } = answerTo({ method, url, host: headers.host }, pages);
  response.writeHead(status, { ...own, "Content-Length": Buffer.byteLength(body) });
  response.end(method === "HEAD" ? undefined : body);
}

async function listenOnFreePort(server: Server): Promise<void> {
  for (let port = FIRST_PORT; port < FIRST_PORT + USUAL_PORTS; port += 1) {
    const fault = await faultOf(server, port);
    if (fault === undefined) return;
    if (fault.code !== "EADDRINUSE") throw refused(port, fault);
  }
  await listenOn(server, 0);
}

async function listenOn(server: Server, port: number): Promise<void> {
  const fault = await faultOf(server, port);
  if (fault !== undefined) throw refused(port, fault);
}

function refused(port: number, { code, message }: NodeJS.ErrnoException): RequestError {
  const why = code === "EADDRINUSE" ? "it is in use" : code === "EACCES" ? "this user may not" : message;
  return new RequestError(`cannot listen on port ${port}: ${why}; choose another with --port, or leave it out`);
}

/** undefined once the server listens. */
const faultOf = (server: Server, port: number): Promise<NodeJS.ErrnoException | undefined> =>
  new Promise((resolve) => {
    const failed = (fault: NodeJS.ErrnoException): void => resolve(fault);
    server.once("error", failed);
    server.listen({ host: ADDRESS, port, exclusive: true }, () => {
      server.off("error", failed);
      resolve(undefined);
    });
  });

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
