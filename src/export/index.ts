/** Writers of other tools' files. */
export { costsText } from "./costs.ts";
export { type Exported, type Loss, lossText } from "./losses.ts";
export { maestroText } from "./maestro.ts";
export { scalesimText } from "./scalesim.ts";
