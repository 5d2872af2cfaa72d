/** Keys of a timeline. */

export interface KeyActions {
  /** By a share of the view; below 0 to the left. */
  move(share: number): void;
  zoom(factor: number): void;
  toStart(): void;
  toEnd(): void;
  whole(): void;
  toMiss(direction: "before" | "after"): void;
}

const MOVE = 0.2;
const ZOOM = 0.5;

export function onKeys(target: HTMLElement, actions: KeyActions): void {
  target.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = actionOf(event, actions);
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}

function actionOf({ key, shiftKey }: KeyboardEvent, actions: KeyActions): (() => void) | undefined {
  switch (key) {
    case "ArrowLeft":
      return () => actions.move(shiftKey ? -1 : -MOVE);
    case "ArrowRight":
      return () => actions.move(shiftKey ? 1 : MOVE);
    case "+":
    case "=":
    case "ArrowUp":
      return () => actions.zoom(ZOOM);
    case "-":
    case "ArrowDown":
      return () => actions.zoom(1 / ZOOM);
    case "Home":
      return actions.toStart;
    case "End":
      return actions.toEnd;
    case "0":
      return actions.whole;
    case "m":
      return () => actions.toMiss("after");
    case "M":
      return () => actions.toMiss("before");
    default:
      return undefined;
  }
}
