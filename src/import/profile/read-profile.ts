/** Reads a profile of any format; the content tells which. */
import { parseJson } from "../../input/json-document.ts";
import { isMapping } from "../../input/mapping.ts";
import type { ProblemList } from "../../input/problem-list.ts";
import type { SourceFile } from "../imported.ts";
import { warnOfUnfinishedLine } from "../unfinished-line.ts";
import { isAihubJob, readAihubJob } from "./aihub-job.ts";
import { isKnownCsv, readCsv } from "./csv.ts";
import { isHailo, isHailoJson, readHailo, readHailoJson } from "./hailo.ts";
import { JsonProfile } from "./json-values.ts";
import { isOpenvinoReport, readOpenvinoJson } from "./openvino-json.ts";
import { isOrtTrace, readOrt } from "./ort.ts";
import type { Profile, ProfileFormat, ReadOptions } from "./profile.ts";
import { readTorch } from "./pytorch.ts";
import { isTorchTrace } from "./pytorch-events.ts";
import { isQnnCsv, readQnn } from "./qnn.ts";
import { isRknn, readRknn } from "./rknn.ts";
import { refuseSums } from "./sums.ts";
import { isTflite, readTflite } from "./tflite.ts";
import { isTrtLog, readTrtLog } from "./trt-log.ts";
import { isTrtProfile, isTrtTimes, readTrtProfile, readTrtTimes } from "./trtexec.ts";
import { isTvm, readTvm } from "./tvm.ts";
import { hasWholeLines, readWholeLines } from "./whole-lines.ts";

/** Several if the file has several networks, accelerators or tables; none after problems. */
export function readProfile(source: SourceFile, options: ReadOptions, problems: ProblemList): readonly Profile[] {
  const { file } = source;
  const text = source.text.replace(/^\uFEFF/, "");
  if (isJson(text)) return readJson({ file, text }, options, problems);
  warnOfUnfinishedLine({ file, text }, problems);
  const reader = textReaders.find(({ is }) => is(text));
  if (reader !== undefined) return reader.read({ file, text }, problems, options);
  if (options.columns === undefined && refuseSums({ file, text }, problems)) return [];
  return readCsv({ file, text }, problems, options);
}

/** Undefined if a text is no profile of a tool; a CSV may be one all the same, once its columns are mapped. */
export function profileFormatOf(text: string): ProfileFormat | undefined {
  if (isJson(text)) return jsonFormatOf(text);
  return textReaders.find(({ is }) => is(text))?.format ?? (isKnownCsv(text) ? "csv" : undefined);
}

const isJson = (text: string): boolean => /^\s*[[{]\s*["[{}\]]/.test(text);

interface TextReader {
  readonly format: ProfileFormat;
  readonly is: (text: string) => boolean;
  readonly read: (source: SourceFile, problems: ProblemList, options: ReadOptions) => readonly Profile[];
}

/** The first that knows a text reads it. */
const textReaders: readonly TextReader[] = [
  { format: "rknn", is: isRknn, read: readRknn },
  { format: "whole-lines", is: hasWholeLines, read: readWholeLines },
  { format: "trtexec", is: isTrtLog, read: readTrtLog },
  { format: "tflite", is: isTflite, read: readTflite },
  { format: "qnn", is: isQnnCsv, read: readQnn },
  { format: "hailo", is: isHailo, read: readHailo },
  { format: "tvm", is: isTvm, read: readTvm },
];

function readJson({ file, text }: SourceFile, options: ReadOptions, problems: ProblemList): readonly Profile[] {
  const parsed = parseJson(file, text, problems);
  if (parsed === undefined) return [];
  const reader = jsonReader(parsed.value);
  const json = new JsonProfile(parsed, problems, listPath(parsed.value));
  if (reader !== undefined) return reader.read(file, json, options);
  json.report(
    [],
    "PROFILE_SYNTAX",
    "this JSON is neither a trace of ONNX Runtime or PyTorch nor an export of trtexec (--exportProfile, --exportTimes), a job of AI Hub, a report of OpenVINO or of hailortcli",
  );
  return [];
}

interface JsonReader {
  readonly format: ProfileFormat;
  readonly read: (file: string, json: JsonProfile, options: ReadOptions) => readonly Profile[];
}

/** Undefined if no tool that we know writes such a value. */
function jsonReader(value: unknown): JsonReader | undefined {
  if (isAihubJob(value)) return { format: "aihub-job", read: (file, ...rest) => [readAihubJob(file, value, ...rest)] };
  if (isOpenvinoReport(value))
    return { format: "openvino", read: (file, ...rest) => [readOpenvinoJson(file, value, ...rest)] };
  if (isHailoJson(value)) return { format: "hailo", read: (file, json) => readHailoJson(file, value, json) };
  const list = listPath(value).length === 0 ? value : (value as { readonly traceEvents: unknown }).traceEvents;
  if (!Array.isArray(list)) return undefined;
  if (isOrtTrace(list)) return { format: "ort", read: (file, ...rest) => [readOrt(file, list, ...rest)] };
  if (isTorchTrace(list)) return { format: "pytorch", read: (file, ...rest) => [readTorch(file, list, ...rest)] };
  if (isTrtTimes(list)) return { format: "trtexec", read: (file, ...rest) => [readTrtTimes(file, list, ...rest)] };
  if (isTrtProfile(list)) return { format: "trtexec", read: (file, json) => [readTrtProfile(file, list, json)] };
  return undefined;
}

/** Traces are a list, or an object with one. */
const listPath = (value: unknown): readonly string[] =>
  isMapping(value) && Array.isArray(value.traceEvents) ? ["traceEvents"] : [];

function jsonFormatOf(text: string): ProfileFormat | undefined {
  try {
    return jsonReader(JSON.parse(text))?.format;
  } catch {
    return undefined;
  }
}
