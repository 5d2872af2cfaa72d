/** ECharts with its canvas renderer, for pages. */
import { CanvasRenderer } from "echarts/renderers";
import { echarts } from "../../drawing/echarts.ts";

echarts.use([CanvasRenderer]);

export { echarts };
