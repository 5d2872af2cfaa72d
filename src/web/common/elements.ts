/** Builds parts of a page. Text from files becomes text nodes only, so that it cannot become markup. */

type Child = Node | string;

/** `class` and `text` and any attribute by its name; undefined leaves one out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  children: readonly Child[] = [],
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
}

/** A button that does something on this page. */
export function button(attributes: Attributes, children: readonly Child[], act: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", ...attributes }, children);
  made.addEventListener("click", act);
  return made;
}

/** Puts an element at a place inside its parent, in pixels. A style attribute would be against the page's policy. */
export function place(
  target: HTMLElement,
  {
    x,
    y,
    width,
    height,
  }: { readonly x: number; readonly y: number; readonly width?: number; readonly height?: number },
): void {
  target.style.left = `${x}px`;
  target.style.top = `${y}px`;
  if (width !== undefined) target.style.width = `${width}px`;
  if (height !== undefined) target.style.height = `${height}px`;
}
