/** `rtmm import`: converts files of other tools, a sub-command for each format. */
import type { CommandGroup } from "../command.ts";

export const command: CommandGroup = {
  examples: [
    {
      command: "rtmm import maestro VR_gaming.m -o mine",
      meaning: "convert the models and the scenario of a file of the XRBench artifact",
    },
    { command: "rtmm import maestro --help", meaning: "show what a format takes" },
  ],
  what: "format",
  does: "import",
  subcommands: [
    {
      name: "aihub",
      summary: "perf.yaml files of Qualcomm AI Hub: latencies of models on a device",
      load: () => import("./import/aihub.ts"),
    },
    {
      name: "maestro",
      summary: "networks, mappings, hardware and dataflows of MAESTRO and of the XRBench artifact",
      load: () => import("./import/maestro.ts"),
    },
    {
      name: "onnx",
      summary: "networks as ONNX files",
      load: () => import("./import/onnx.ts"),
    },
    {
      name: "profile",
      summary: "times of layers: TFLite, ONNX Runtime, PyTorch, TensorRT, OpenVINO, QNN, AI Hub's jobs, Vela, any CSV",
      load: () => import("./import/profile.ts"),
    },
    {
      name: "scalesim",
      summary: "topologies and configurations of SCALE-Sim",
      load: () => import("./import/scalesim.ts"),
    },
    {
      name: "timeloop",
      summary: "problems of Timeloop (YAML), and its statistics",
      load: () => import("./import/timeloop.ts"),
    },
    {
      name: "simso",
      summary: "task sets of SimSo (XML)",
      load: () => import("./import/simso.ts"),
    },
    {
      name: "jobset",
      summary: "job sets of np-schedulability-analysis (CSV, YAML)",
      load: () => import("./import/jobset.ts"),
    },
    {
      name: "arrivals",
      summary: "traces of requests: Azure, BurstGPT, Mooncake, sensors, any CSV or JSON lines",
      load: () => import("./import/arrivals.ts"),
    },
  ],
};
