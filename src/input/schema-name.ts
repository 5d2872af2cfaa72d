/** The kinds of files that have a JSON Schema: the names in schema/. */
export type SchemaName = YamlSchemaName | "result" | "sweep" | "baseline";

/** Of files that people write. */
export type YamlSchemaName = "model" | "scenario" | "system" | "suite" | "experiment" | "ranges" | "config" | "params";
