/** The kinds of files that have a JSON Schema: the names in schema/. */
export type SchemaName =
  | "model"
  | "scenario"
  | "system"
  | "suite"
  | "experiment"
  | "ranges"
  | "config"
  | "params"
  | "result"
  | "sweep"
  | "baseline";
