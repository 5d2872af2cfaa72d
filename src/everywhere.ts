/** What the entries for Node and for browsers have in common. */

export { SchedulerError } from "./core/errors.ts";
export {
  type DecisionExplained,
  type DispatchEnded,
  type EventKind,
  eventKinds,
  type InputsRead,
  type JobCompleted,
  type JobDispatched,
  type JobDropped,
  type JobPreempted,
  type JobReleased,
  listenTo,
  listenToEnds,
  type Observer,
  type RunEvent,
  type SegmentBegun,
  type SegmentEnded,
  together,
  type VariantChosen,
} from "./core/events.ts";
export type { ConvolutionLayer, Layer, MemoryLayer } from "./core/layer.ts";
export type { AccuracyGoal, EarlyExit, Model, SkipGate, VariableLoop, Variant } from "./core/model.ts";
export type {
  CandidateRecord,
  DropReason,
  JobRecord,
  JobWeights,
  OutputRecord,
  OwnDropReason,
  PreemptionCounts,
  ReadRecord,
  ReasonRecord,
  Segment,
  SegmentExtras,
  WeightLoad,
} from "./core/records.ts";
export type {
  Arrival,
  ClosedArrival,
  Dependency,
  OneShotArrival,
  OpenArrival,
  PeriodicArrival,
  Phase,
  PhaseChange,
  PoissonArrival,
  Queue,
  Rate,
  Scenario,
  Task,
  TraceArrival,
  TraceRelease,
} from "./core/scenario.ts";
export type {
  AcceleratorView,
  Candidate,
  Decisions,
  DispatchOptions,
  IdleView,
  JobList,
  KnownDecide,
  KnownPreempt,
  LayerCosts,
  ParameterValue,
  ParameterValues,
  Platform,
  Policy,
  PreemptDecisions,
  ReadyJob,
  Reason,
  RunningJob,
  RunningView,
  Scheduler,
  SchedulerParameter,
  TaskView,
  View,
} from "./core/scheduler.ts";
export type { RelativeSpread, Spread, SpreadPart } from "./core/spread.ts";
export type {
  Accelerator,
  AnalyticCosts,
  CostSource,
  Dataflow,
  DataflowDimension,
  Directive,
  EnergyPerAccess,
  OperatingPoint,
  PreemptionKind,
  SharedMemory,
  System,
  SystolicCosts,
  TableCosts,
  TableRow,
  WeightMemory,
} from "./core/system.ts";
export { InputError } from "./input/input-error.ts";
export type { Problem, ProblemCode } from "./input/problem.ts";
export { RequestError } from "./input/request-error.ts";
export { curves, metrics } from "./metrics/index.ts";
export type { Curve, CurvePoint, Metric, Unit } from "./metrics/metric.ts";
export type { Feature } from "./metrics/outcome.ts";
export { adversaryFormats } from "./output/adversary/index.ts";
export { boundFormats } from "./output/bound/index.ts";
export { comparisonFormats } from "./output/comparison/index.ts";
export { diffFormats } from "./output/diff/index.ts";
export { explanationFormats } from "./output/explanation/index.ts";
export type { Format } from "./output/format.ts";
export { optimumFormats } from "./output/optimum/index.ts";
export type { ResultFormat, ResultOptions } from "./output/results/format.ts";
export { formats } from "./output/results/index.ts";
export { sweepFormats } from "./output/sweep/index.ts";
export type { DrawTable, TextColumn, TextOptions } from "./output/text-table.ts";
export type { TimelineFormat, TimelineOptions } from "./output/timeline/format.ts";
export { timelineFormats } from "./output/timeline/index.ts";
export type {
  AdversaryReport,
  BoundFacts,
  CaseFiles,
  FoundCase,
  FoundTask,
  Loss,
  LossFacts,
  ProvenBound,
  SearchFacts,
  SideFacts,
  TaskFacts,
} from "./records/adversary.ts";
export type { BoundedPlace, Bounds, BoundValues, SeedBounds } from "./records/bounds.ts";
export type {
  Case,
  CaseComparison,
  ComparedRun,
  Comparison,
  GeomeanComparison,
  LeastPrecise,
  MetricComparison,
  Precision,
  SchedulerComparison,
  Verdict,
} from "./records/comparison.ts";
export type {
  Blocker,
  CompletedStep,
  DeadlineRescue,
  DroppedStep,
  ExplainedJob,
  Explanation,
  HeldBackStep,
  JobName,
  JudgedCandidate,
  Judgement,
  PassedOverStep,
  PreemptedStep,
  RanStep,
  RateRescue,
  ReadStep,
  ReleasedStep,
  Rescue,
  Step,
  TimeShares,
  VariantStep,
  WithoutRescue,
} from "./records/explanation.ts";
export type { Interval } from "./records/interval.ts";
export type { LabelledScheduler } from "./records/labelled-scheduler.ts";
export type { MetricFacts } from "./records/metric-facts.ts";
export type { Optimum, OptimumModel, RivalScheduler, ScheduledDecision } from "./records/optimum.ts";
export { type OverallScore, overallScore } from "./records/overall-score.ts";
export type {
  ChangedJob,
  Decision,
  DiffSide,
  JobFate,
  MetricDifference,
  Parting,
  RunDiff,
} from "./records/run-diff.ts";
export type {
  AcceleratorResult,
  InputFile,
  PhaseResult,
  ReadResult,
  ResultCurves,
  ResultValues,
  RunResult,
  TaskResult,
  UnknownEnergy,
  Variation,
} from "./records/run-result.ts";
export type {
  Coordinates,
  MissedGroup,
  ParetoReport,
  SweepGroup,
  SweepIdentity,
  SweepMean,
  SweepPrecision,
  SweepReport,
} from "./records/sweep-report.ts";
export type { Miss, Slice, Timeline, TimelineAccelerator, TimelineTask } from "./records/timeline.ts";
export { rtmmVersion } from "./records/version.ts";
export type { LoadOptions, Source, TextFile } from "./request/brought.ts";
export type { DiffedRun, DiffedSetup, DiffRequest } from "./request/diff-in.ts";
export type { ExplainRequest } from "./request/explain-in.ts";
export type { RunRequest, SetupRequest, Variations } from "./request/run-request.ts";
export type { RunWithTimeline, TimelineRequest } from "./request/timeline-in.ts";
export type { TraceFormatName, TraceRequest } from "./request/trace-in.ts";
export { AuditError } from "./run/audit/audit-error.ts";
export type { SimulatedShare } from "./run/coarse-progress.ts";
export type { RequiredValue, Scope } from "./run/requirements/required-value.ts";
export {
  type Measured,
  parseRequirement,
  type Requirement,
  type Unmet,
  unmet,
} from "./run/requirements/requirement.ts";
export type { FilesInMemory } from "./run/run-files.ts";
export type { RunOptions } from "./run/run-once.ts";
export type { Suite } from "./scenario/load-suite.ts";
export type { LoadedScenario, MultiTenant } from "./scenario/multi-tenant.ts";
export { schedulers } from "./schedulers/index.ts";
export * from "./schedulers/policy-kit.ts";
