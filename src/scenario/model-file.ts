/** A model file after the schema check (schema/model.schema.json); units and defaults are in docs/formats.md. */
import type { AccuracyGoal } from "../core/model.ts";
import type { Padding } from "./window.ts";

export interface ModelFile {
  readonly name: string;
  readonly title?: string;
  readonly source?: string;
  readonly bytesPerElement?: number;
  readonly batch?: number;
  readonly accuracy?: Omit<AccuracyGoal, "better"> & Partial<Pick<AccuracyGoal, "better">>;
  readonly input?: readonly number[];
  readonly layers?: LayerList;
  readonly variants?: readonly VariantFile[];
  readonly switchAt?: readonly string[];
}

export interface VariantFile {
  readonly name: string;
  readonly accuracy?: number;
  readonly input?: readonly number[];
  readonly layers: LayerList;
}

export type LayerList = readonly LayerItem[] | "measured";
export type LayerItem = LayerFields | BlockFields;

/** A number of rounds or steps, or the probability of each number. */
export type Times = number | Readonly<Record<string, number>>;
/** One size for rows and columns, or one for each. */
export type Sizes = number | readonly number[];

export interface BlockFields {
  readonly repeat: Times;
  readonly name?: string;
  readonly skip?: number;
  readonly layers: readonly LayerItem[];
}

export interface LayerFields {
  readonly type: string;
  readonly name?: string;
  readonly from?: string | readonly string[];
  readonly input?: readonly number[];
  readonly repeat?: Times;
  readonly skip?: number;
  readonly exit?: number;
  readonly exitAccuracy?: number;
  /** Fields of the layer's type; the schema has checked that they belong to it. */
  readonly out?: number;
  readonly kernel?: Sizes;
  readonly stride?: Sizes;
  readonly padding?: Padding;
  readonly outputPadding?: Sizes;
  readonly dilation?: Sizes;
  readonly groups?: number;
  readonly multiplier?: number;
  readonly rows?: number;
  readonly in?: number;
  readonly heads?: number;
  readonly dim?: number;
  readonly queries?: number;
  readonly keys?: number;
  readonly projections?: string;
  readonly hidden?: number;
  readonly steps?: Times;
  readonly operands?: number;
  readonly scale?: Sizes;
  readonly shape?: readonly number[];
  readonly K?: number;
  readonly C?: number;
  readonly Y?: number;
  readonly X?: number;
  readonly "Y'"?: number;
  readonly "X'"?: number;
  readonly R?: number;
  readonly S?: number;
  readonly N?: number;
}

export const isBlock = (item: LayerItem): item is BlockFields => "layers" in item;
