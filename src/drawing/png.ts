/** Turns SVG pictures into PNG, with fonts of their own: none of the machine's is used. */
import { initWasm, Resvg } from "@resvg/resvg-wasm";

export interface PngParts {
  /** The module of resvg. */
  readonly wasm: Uint8Array<ArrayBuffer>;
  /** A TrueType font. */
  readonly font: Uint8Array;
  /** The name of its family. */
  readonly family: string;
}

export interface PngPainter {
  /** Width and height are those of the picture times `scale`, rounded. */
  pngOf(svg: string, scale: number): Uint8Array;
}

/** Call it once in a process. */
export async function pngPainter({ wasm, font, family }: PngParts): Promise<PngPainter> {
  await initWasm(wasm);
  return {
    pngOf(svg, scale) {
      const fonts = { fontBuffers: [font], defaultFontFamily: family, sansSerifFamily: family };
      const picture = new Resvg(svg, { fitTo: { mode: "zoom", value: scale }, font: fonts });
      try {
        const image = picture.render();
        const png = image.asPng();
        image.free();
        return png;
      } finally {
        picture.free();
      }
    },
  };
}
