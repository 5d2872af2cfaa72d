/** What the page of a report was given. */
import { unpackedJson } from "../../page/packed.ts";
import { type PackedTimeline, unpackTimeline } from "../../page/packed-timeline.ts";
import type { Report, StoryRecord } from "../../records/report.ts";
import type { RunTimeline } from "../../records/run-timeline.ts";

const json = (id: string): unknown => {
  const text = document.getElementById(id)?.textContent;
  return text === undefined || text === null ? undefined : JSON.parse(text);
};

export const embeddedReport = (): Report => json("report") as Report;

/** Of the run with this number; undefined: there is none. */
export async function embeddedTimeline(index: number): Promise<RunTimeline | undefined> {
  const timeline = json(`timeline-${index}`) as PackedTimeline | undefined;
  return timeline && unpackTimeline(timeline);
}

/** Empty if there are none. */
export async function embeddedStories(index: number): Promise<readonly StoryRecord[]> {
  const text = json(`stories-${index}`) as string | undefined;
  return text === undefined ? [] : ((await unpackedJson(text)) as readonly StoryRecord[]);
}
