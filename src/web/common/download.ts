/** Files that a page makes and a reader saves. */
import { button, element } from "./elements.ts";

/** `make` is called when it is clicked. */
export const downloadButton = (label: string, name: string, make: () => string): HTMLButtonElement =>
  button({ class: "button", "aria-label": `${label}: ${name}` }, [label], () => download(name, make()));

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = element("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has taken the content by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
