/** Columns of figures. `name`: in records; `heading`: in tables, by default the name. */
import type { FigureColumn } from "../../records/reproduction.ts";

export const text = (name: string, heading = name): FigureColumn => ({ name, heading, unit: "text" });
export const count = (name: string, heading = name): FigureColumn => ({ name, heading, unit: "count" });
export const ratio = (name: string, heading = name): FigureColumn => ({ name, heading, unit: "ratio" });
export const share = (name: string, heading = name): FigureColumn => ({ name, heading, unit: "share" });
