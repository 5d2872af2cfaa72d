/** Light or dark: as the system says, until somebody picks one. */
import { type Colors, darkColors, lightColors } from "../../figures/look.ts";

export type Theme = "light" | "dark";

const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
const KEY = "rtmm-theme";

export const colorsOf = (theme: Theme): Colors => (theme === "dark" ? darkColors : lightColors);

export const themeNow = (): Theme => (document.documentElement.dataset.theme === "dark" ? "dark" : "light");

/** Sets the page's theme, and again whenever it changes. */
export function followTheme(changed: (theme: Theme) => void): { toggle(): void } {
  const set = (theme: Theme): void => {
    document.documentElement.dataset.theme = theme;
    changed(theme);
  };
  const ofSystem = (): Theme => (systemIsDark.matches ? "dark" : "light");
  systemIsDark.addEventListener("change", () => {
    if (stored() === undefined) set(ofSystem());
  });
  set(stored() ?? ofSystem());
  return {
    toggle() {
      const theme = themeNow() === "dark" ? "light" : "dark";
      store(theme);
      set(theme);
    },
  };
}

/** A page may be kept from storing anything. */
function stored(): Theme | undefined {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === "dark" || theme === "light" ? theme : undefined;
  } catch {
    return undefined;
  }
}

function store(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // The theme then lasts as long as the page.
  }
}
