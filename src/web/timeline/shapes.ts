/** Shapes of many parts: a canvas fills thousands of rectangles of one colour as fast as a few. */
import { echarts } from "../common/charts.ts";

/** `values`: x, y, width, height of each. */
export const RECTANGLES = "rtmmRectangles";
/** `values`: x, y of each one's centre. */
export const TRIANGLES = "rtmmTriangles";
export const CROSSES = "rtmmCrosses";

interface Parts {
  readonly values: readonly number[];
}

/** Half of the size of a mark, in pixels. */
const HALF_MARK = 4.5;

type Pen = Pick<CanvasRenderingContext2D, "rect" | "moveTo" | "lineTo" | "closePath">;

const painters: Readonly<Record<string, (pen: Pen, values: readonly number[]) => void>> = {
  [RECTANGLES](pen, values) {
    for (let i = 0; i < values.length; i += 4) pen.rect(values[i]!, values[i + 1]!, values[i + 2]!, values[i + 3]!);
  },
  [TRIANGLES](pen, values) {
    for (let i = 0; i < values.length; i += 2) {
      pen.moveTo(values[i]!, values[i + 1]! - HALF_MARK);
      pen.lineTo(values[i]! + HALF_MARK, values[i + 1]! + HALF_MARK);
      pen.lineTo(values[i]! - HALF_MARK, values[i + 1]! + HALF_MARK);
      pen.closePath();
    }
  },
  [CROSSES](pen, values) {
    for (let i = 0; i < values.length; i += 2) {
      const [x, y] = [values[i]!, values[i + 1]!];
      pen.moveTo(x - HALF_MARK + 0.5, y - HALF_MARK + 0.5);
      pen.lineTo(x + HALF_MARK - 0.5, y + HALF_MARK - 0.5);
      pen.moveTo(x + HALF_MARK - 0.5, y - HALF_MARK + 0.5);
      pen.lineTo(x - HALF_MARK + 0.5, y + HALF_MARK - 0.5);
    }
  },
};

for (const [name, paint] of Object.entries(painters)) {
  const Shape = echarts.graphic.extendShape({
    type: name,
    shape: { values: [] } as Parts,
    buildPath: (pen, shape) => paint(pen as unknown as Pen, (shape as Parts).values),
  });
  echarts.graphic.registerShape(name, Shape);
}
