/** What ECharts gives to a series that draws its items itself, as far as we use it. */
export interface DrawApi {
  value(dimension: number): number;
  /** Pixels of a point. */
  coord(point: number[]): number[];
  /** Pixels of an extent. */
  size(extent: number[]): number[];
}
