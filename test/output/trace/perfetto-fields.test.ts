/** The numbers of Perfetto's fields are those of its protos, of which `perfetto-excerpt.proto` has copies. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as field from "../../../src/output/trace/perfetto-fields.ts";
import { repository } from "../../repository.ts";

const text = readFileSync(join(repository, "test/output/trace/perfetto-excerpt.proto"), "utf8");

/** Numbers of the fields and enum values of a message, by name in camel case. */
function numbersOf(message: string): Readonly<Record<string, number>> {
  const [, body = ""] = new RegExp(`^message ${message} [{]\\n(.*?)^[}]`, "ms").exec(text) ?? [];
  const lines = [...body.matchAll(/(\w+) = (\d+);/g)];
  return Object.fromEntries(lines.map(([, name, number]) => [camelCase(name!), Number(number)]));
}

const camelCase = (name: string): string =>
  name.toLowerCase().replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

test.each([
  ["Trace", field.trace],
  ["TracePacket", field.packet],
  ["TrackDescriptor", field.descriptor],
  ["CounterDescriptor", field.counter],
  ["TrackEvent", field.event],
  ["DebugAnnotation", field.annotation],
  ["InternedData", field.interned],
])("fields of %s", (message, fields) => {
  expect(numbersOf(message)).toMatchObject(fields);
});

test("values of enums", () => {
  const types = Object.entries(field.eventType).map(([name, value]) => [
    `type${name[0]!.toUpperCase()}${name.slice(1)}`,
    value,
  ]);
  expect(numbersOf("TrackEvent")).toMatchObject(Object.fromEntries(types));
  expect(numbersOf("TrackDescriptor")).toMatchObject({ explicit: field.EXPLICIT_ORDER });
  const { stateCleared, needsState } = field.sequence;
  expect(numbersOf("TracePacket")).toMatchObject({
    seqIncrementalStateCleared: stateCleared,
    seqNeedsIncrementalState: needsState,
  });
});

test.each(["EventName", "DebugAnnotationName", "InternedString"])("an interned text is a %s", (message) => {
  const { name, str } = numbersOf(message);
  expect([numbersOf(message).iid, name ?? str]).toEqual([field.text.iid, field.text.value]);
});
