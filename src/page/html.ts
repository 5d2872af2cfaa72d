/** A page in one file: its script, styles and data inside it, and a policy that lets it load nothing else. */

export interface PageParts {
  readonly title: string;
  /** Shown by search engines and previews. */
  readonly description: string;
  readonly script: string;
  readonly styles: string;
  /** JSON by id: what the script reads. */
  readonly data: Readonly<Record<string, unknown>>;
  /** SHA-256 of a text in UTF-8, in base64. */
  sha256(text: string): string;
}

export function pageHtml({ title, description, script, styles, data, sha256 }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${sha256(script)}'`,
    `style-src 'sha256-${sha256(styles)}'`,
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escaped(description)}">
<title>${escaped(title)}</title>
<style>${styles}</style>
</head>
<body>
<noscript><p>${escaped(description)}</p><p>The figures of this page need JavaScript.</p></noscript>
${Object.entries(data)
  .map(([id, value]) => `<script type="application/json" id="${escaped(id)}">${embeddedJson(value)}</script>`)
  .join("\n")}
<script>${script}</script>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);

/** JSON that cannot end the script element that it is in. */
export const embeddedJson = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");
