/** The parts of ECharts that figures use. Only this file names them, so that bundles hold no others. */
import { BarChart, BoxplotChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent,
  DatasetComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import * as echarts from "echarts/core";

echarts.use([
  ...[BarChart, BoxplotChart, CustomChart, LineChart, ScatterChart],
  ...[AriaComponent, DatasetComponent, DataZoomComponent, GridComponent, LegendComponent, MarkAreaComponent],
  ...[MarkLineComponent, TitleComponent, TooltipComponent, VisualMapComponent],
]);

export { echarts };
