/** Light or dark: as the system says, or as somebody has chosen on this page. */
import { type Colors, darkColors, lightColors } from "../../figures/look.ts";
import { button } from "./elements.ts";

export type Theme = "light" | "dark";

export interface ThemeSwitch {
  readonly button: HTMLButtonElement;
  /** Calls back in any case. Paper is light, whatever is on the screen; undefined: as on the screen. */
  force(theme: Theme | undefined): void;
}

const KEY = "rtmm-theme";
const system = (): MediaQueryList => window.matchMedia("(prefers-color-scheme: dark)");

export const colorsOf = (theme: Theme): Colors => (theme === "dark" ? darkColors : lightColors);

/** `changed` is called at once, too. */
export function createThemeSwitch(changed: (theme: Theme) => void): ThemeSwitch {
  let chosen = stored();
  let forced: Theme | undefined;
  const now = (): Theme => forced ?? chosen ?? (system().matches ? "dark" : "light");
  const toggle = button({ class: "theme-switch" }, [], () => {
    chosen = now() === "dark" ? "light" : "dark";
    store(chosen);
    show();
  });
  const show = (): void => {
    const theme = now();
    document.documentElement.dataset.theme = theme;
    toggle.textContent = theme === "dark" ? "Light" : "Dark";
    toggle.setAttribute("aria-label", `Switch to ${theme === "dark" ? "light" : "dark"} colours`);
    changed(theme);
  };
  system().addEventListener("change", show);
  show();
  return {
    button: toggle,
    force(theme) {
      forced = theme;
      show();
    },
  };
}

/** A page from a file may have no storage. */
function stored(): Theme | undefined {
  try {
    const value = window.localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : undefined;
  } catch {
    return undefined;
  }
}

function store(theme: Theme): void {
  try {
    window.localStorage.setItem(KEY, theme);
  } catch {
    // It is not remembered, which is all that is lost.
  }
}
