/** The files of src: their imports, the circles among those, and the globals of Node that they use. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

const source = join(import.meta.dirname, "../src");

export interface Import {
  readonly file: string;
  readonly specifier: string;
}

/** All of them, as paths under src/. */
export const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith(".ts"));
export const codeOf = (file: string): string => readFileSync(join(source, file), "utf8");
export const imports: readonly Import[] = files.flatMap((file) =>
  ts.preProcessFile(codeOf(file), true, true).importedFiles.map(({ fileName }) => ({ file, specifier: fileName })),
);

/** Files beside the rooms: what other programs import. */
export const ENTRIES = "entries";

export const roomOf = (file: string): string => (file.includes("/") ? file.slice(0, file.indexOf("/")) : ENTRIES);

/** Of a file in a room: the room inside it, or "." */
export const innerRoomOf = (room: string, file: string): string => {
  const inside = file.slice(room.length + 1);
  return inside.includes("/") ? inside.slice(0, inside.indexOf("/")) : ".";
};
export const isRelative = ({ specifier }: Import): boolean => specifier.startsWith(".");
export const targetOf = ({ file, specifier }: Import): string =>
  relative(source, resolve(source, dirname(file), specifier)).replaceAll("\\", "/");
export const wordsOf = ({ file, specifier }: Import): string => `${file} imports ${specifier}`;

const nodeGlobals = new Set([
  "process",
  "Buffer",
  "global",
  "setImmediate",
  "clearImmediate",
  "__dirname",
  "__filename",
]);

/** Globals of Node's that a file takes, as `file uses name`. */
export function nodeGlobalsIn(file: string): string[] {
  const tree = ts.createSourceFile(file, codeOf(file), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isMember = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
    if (ts.isIdentifier(node) && nodeGlobals.has(node.text) && !isMember) found.push(`${file} uses ${node.text}`);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(tree, visit);
  return found;
}

/** Of each file in a room: the room inside it. */
export const roomsInside = (room: string): string[] =>
  files.filter((file) => file.startsWith(`${room}/`)).map((file) => innerRoomOf(room, file));

/** Groups of files that import each other, by Tarjan's algorithm. */
export function circles(): string[][] {
  const targets = new Map(files.map((file) => [file, [] as string[]]));
  for (const each of imports) if (isRelative(each)) targets.get(each.file)!.push(targetOf(each));
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    open.push(file);
    for (const target of targets.get(file) ?? []) {
      if (!targets.has(target)) continue;
      if (!order.has(target)) visit(target);
      if (open.includes(target)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(target)!));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1 || targets.get(file)!.includes(file)) found.push(circle);
  };
  for (const file of files) if (!order.has(file)) visit(file);
  return found;
}
