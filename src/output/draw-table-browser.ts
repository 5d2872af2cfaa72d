/** Takes the place of draw-table.ts in a browser; the text is the same. */
export { padTable as drawTable } from "./pad-table.ts";
