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
import LRU from "zrender/lib/core/LRU.js";

echarts.use([
  ...[BarChart, BoxplotChart, CustomChart, LineChart, ScatterChart],
  ...[AriaComponent, DatasetComponent, DataZoomComponent, GridComponent, LegendComponent, MarkAreaComponent],
  ...[MarkLineComponent, TitleComponent, TooltipComponent, VisualMapComponent],
]);

// Its cache keeps texts as keys of a plain object: a task called __proto__ would change every object of the process.
const { get, put } = LRU.prototype;
const safeKey = (key: string | number): string => `:${key}`;
LRU.prototype.get = function (this: LRU<unknown>, key) {
  return get.call(this, safeKey(key));
};
LRU.prototype.put = function (this: LRU<unknown>, key, value) {
  return put.call(this, safeKey(key), value);
};

export { echarts };
