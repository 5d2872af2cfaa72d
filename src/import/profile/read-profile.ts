/** Reads a profile of any format; the content tells which. */
import { parseJson } from "../../input/json-document.ts";
import { isMapping } from "../../input/mapping.ts";
import type { ProblemList } from "../../input/problem-list.ts";
import { RequestError } from "../../input/request-error.ts";
import type { SourceFile } from "../imported.ts";
import { warnOfUnfinishedLine } from "../unfinished-line.ts";
import { isAihubJob, readAihubJob } from "./aihub-job.ts";
import { readCsv } from "./csv.ts";
import { JsonProfile } from "./json-values.ts";
import { isOpenvinoReport, readOpenvinoJson } from "./openvino-json.ts";
import { isOrtTrace, readOrt } from "./ort.ts";
import type { Profile, ReadOptions } from "./profile.ts";
import { isQnnCsv, readQnn } from "./qnn.ts";
import { isRknn, readRknn } from "./rknn.ts";
import { readTflite } from "./tflite.ts";
import { isTrtLog, readTrtLog } from "./trt-log.ts";
import { isTrtProfile, isTrtTimes, readTrtProfile, readTrtTimes } from "./trtexec.ts";
import { hasWholeLines, readWholeLines } from "./whole-lines.ts";

/** Several if the file has several networks, accelerators or tables; none after problems. */
export function readProfile(source: SourceFile, options: ReadOptions, problems: ProblemList): readonly Profile[] {
  const { file } = source;
  const text = source.text.replace(/^\uFEFF/, "");
  if (/^\s*[[{]\s*["[{}\]]/.test(text)) return readJson({ file, text }, options, problems);
  warnOfUnfinishedLine({ file, text }, problems);
  if (/^\s*precisions:|performance_metrics:/m.test(text))
    throw new RequestError(`${file} is a perf.yaml of Qualcomm AI Hub: use rtmm import aihub`);
  if (isRknn(text)) return readRknn({ file, text }, problems, options);
  if (hasWholeLines(text)) return readWholeLines({ file, text });
  if (isTrtLog(text)) return readTrtLog({ file, text }, problems);
  if (/=+ Run Order =+|Inference \(avg\):|^\s*\[?node type\b|\bcount=\d+ .*\bavg=/im.test(text))
    return readTflite({ file, text }, problems);
  if (isQnnCsv(text)) return readQnn({ file, text }, problems, options);
  return readCsv({ file, text }, problems, options);
}

function readJson({ file, text }: SourceFile, options: ReadOptions, problems: ProblemList): readonly Profile[] {
  const parsed = parseJson(file, text, problems);
  if (parsed === undefined) return [];
  const json = new JsonProfile(parsed, problems);
  const { value } = parsed;
  if (isAihubJob(value)) return [readAihubJob(file, value, json, options)];
  if (isOpenvinoReport(value)) return [readOpenvinoJson(file, value, json, options)];
  const list = isMapping(value) ? value.traceEvents : value;
  if (Array.isArray(list)) {
    // Positions in a trace of the other layout are those of its list.
    if (isOrtTrace(list)) return [readOrt(file, list, json, options)];
    if (isTrtTimes(list)) return [readTrtTimes(file, list, json, options)];
    if (isTrtProfile(list)) return [readTrtProfile(file, list, json)];
  }
  json.report(
    [],
    "PROFILE_SYNTAX",
    "this JSON is neither a trace of ONNX Runtime nor an export of trtexec (--exportProfile, --exportTimes), a job of AI Hub or a report of OpenVINO",
  );
  return [];
}
