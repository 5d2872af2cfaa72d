/** The worker's script: answers one question after the other. */

import type { Answers, Ask, Numbered, Reply } from "../../playground/protocol.ts";
import { Session } from "../../playground/session.ts";
import { builtIns } from "./built-ins.js";

/** What a worker is to itself; the page's types have no name for it. */
interface WorkerSide {
  onmessage: ((event: MessageEvent<Numbered<Ask>>) => void) | null;
  postMessage(reply: Reply, transfer: Transferable[]): void;
}

const side = globalThis as unknown as WorkerSide;
const session = new Session(builtIns);
let before: Promise<void> = Promise.resolve();

side.onmessage = ({ data }) => {
  before = before.then(() => answer(data));
};

async function answer({ id, ...ask }: Numbered<Ask>): Promise<void> {
  try {
    const found = await session.answer(ask as Ask);
    side.postMessage({ kind: "answer", id, answer: found }, buffersIn(found));
  } catch (error) {
    side.postMessage({ kind: "broken", id, message: error instanceof Error ? error.message : String(error) }, []);
  }
}

/** Arrays of a timeline move to the page instead of being copied. */
function buffersIn(answer: Answers[Ask["kind"]]): ArrayBuffer[] {
  if (typeof answer !== "object" || !("outcome" in answer) || answer.outcome.kind !== "result") return [];
  const { jobs, slices } = answer.outcome.timeline;
  return [...Object.values(jobs), ...Object.values(slices)].map(({ buffer }) => buffer as ArrayBuffer);
}
