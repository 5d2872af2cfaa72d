/** The page of a report. */
import { embeddedReport } from "./embedded.ts";
import { showReport } from "./report.ts";

void showReport(embeddedReport(), document.body);
