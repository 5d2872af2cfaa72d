/** Records of one kind as a table, CSV, Markdown or JSON, all from one list of fields. */
import { printable } from "../input/printable.ts";
import { csvText } from "./csv-text.ts";
import { textLines } from "./lines.ts";
import { markdownTable } from "./markdown-table.ts";
import { nothing } from "./number-text.ts";
import { type TextOptions, textTable } from "./text-table.ts";

export type FieldValue = number | string | boolean | null | undefined;

export interface Field<Record> {
  /** camelCase, with its unit: column of CSV, key of JSON. */
  readonly name: string;
  value(record: Record): FieldValue;
  /** For CSV; absent: the value as it is. */
  csvText?(record: Record): string;
  /** As a person reads it; absent: not shown in tables. */
  readonly column?: Column<Record>;
}

export interface Column<Record> {
  readonly heading: string;
  readonly align: "left" | "right";
  /** Absent: the value as it is. */
  text?(record: Record): string;
}

export interface Listing<Record> {
  readonly fields: readonly Field<Record>[];
  readonly records: readonly Record[];
}

export function listingTable<Record>(listing: Listing<Record>, options: TextOptions): string {
  return textTable(tableOf(listing), options);
}

export function listingMarkdown<Record>(listing: Listing<Record>): string {
  return `${markdownTable(tableOf(listing))}\n`;
}

/** Numbers in full precision; nothing where there is no value. */
export function listingCsv<Record>({ fields, records }: Listing<Record>): string {
  const rows = records.map((record) => fields.map((field) => field.csvText?.(record) ?? csvCell(field.value(record))));
  return csvText([fields.map(({ name }) => name), ...rows]);
}

/** Keys without a value are null. */
export function listingRecords<Record>({ fields, records }: Listing<Record>): readonly object[] {
  return records.map((record) => Object.fromEntries(fields.map(({ name, value }) => [name, value(record) ?? null])));
}

/** A listing that can be shown without knowing the type of its records. */
export interface ShownListing {
  /** One line per record, the last column wrapped. */
  lines(options: TextOptions): string;
  csv(): string;
  records(): readonly object[];
}

export const shownListing = <Record>(listing: Listing<Record>): ShownListing => ({
  lines: (options) => {
    const { columns, rows } = tableOf(listing);
    return textLines(
      columns.map(({ heading }) => heading),
      rows,
      options,
    );
  },
  csv: () => listingCsv(listing),
  records: () => listingRecords(listing),
});

const csvCell = (value: FieldValue): string => (value === null || value === undefined ? "" : String(value));

function tableOf<Record>({ fields, records }: Listing<Record>) {
  const shown = fields.filter((field) => field.column !== undefined);
  return {
    columns: shown.map(({ column }) => ({ heading: column!.heading, align: column!.align })),
    rows: records.map((record) => shown.map((field) => cell(field, record))),
  };
}

function cell<Record>({ value, column }: Field<Record>, record: Record): string {
  const plain = () => {
    const given = value(record);
    return given === null || given === undefined ? nothing : String(given);
  };
  return printable(column!.text?.(record) ?? plain());
}
