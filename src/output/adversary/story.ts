/** story.md of a search: the loss, then the story of a job that A loses. */
import type { AdversaryReport } from "../../records/adversary.ts";
import type { Explanation } from "../../records/explanation.ts";
import { markdown as explained } from "../explanation/markdown.ts";
import { markdown } from "./markdown.ts";

/** `story` undefined: no job has a deadline. */
export function storyText(report: AdversaryReport, story: Explanation | undefined): string {
  const parts = [
    `# ${report.a.label} against ${"kind" in report.b ? "the bound" : report.b.label}`,
    markdown.render(report, { color: "never" }).trim(),
  ];
  if (story !== undefined)
    parts.push(`## A job that ${report.a.label} loses`, explained.render(story, { color: "never" }).trim());
  return `${parts.join("\n\n")}\n`;
}
