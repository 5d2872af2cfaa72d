/** The endings of files that `--trace` takes. They stand apart from the formats, which load a protobuf library. */

export const plainEndings = [".json", ".pftrace"] as const;

export const traceEndings: readonly string[] = plainEndings.flatMap((ending) => [ending, `${ending}.gz`]);
