/** Words of other tools for types of layers and their fields. */

/** The word of ours; undefined: none that is among `known`. */
export function usualName(written: string, known: readonly string[]): string | undefined {
  const name = names.get(written.toLowerCase().replace(/[^a-z]/g, ""));
  return name !== undefined && known.includes(name) ? name : undefined;
}

/** By our word: those of PyTorch, Keras, ONNX, TFLite and Caffe, without case, digits and separators. */
const words: Readonly<Record<string, string>> = {
  conv: "convolution convd",
  "depthwise-conv": "depthwise depthwiseconvd dwconv dwconvd dw dsconv separableconvd",
  "transposed-conv":
    "deconv deconvolution deconvd transposeconv transposeconvd convtranspose convtransposed convdtranspose upconv",
  fc: "linear dense innerproduct fullyconnected",
  matmul: "bmm batchmatmul",
  attention: "mha multiheadattention selfattention",
  pool: "maxpool maxpoold maxpooling maxpoolingd avgpool avgpoold averagepool averagepoold averagepooling averagepoolingd",
  "global-pool":
    "gap globalavgpool globalaveragepool globalmaxpool adaptiveavgpool adaptiveavgpoold globalaveragepoolingd",
  elementwise: "add sum mul relu gelu sigmoid softmax batchnorm batchnormd layernorm norm activation",
  upsample: "resize interpolate upsampling upsamplingd",
  reshape: "flatten view permute transpose",
  out: "outchannels outfeatures filters numfilters units",
  kernel: "kernelsize filtersize",
  stride: "strides",
  dilation: "dilations dilationrate",
  padding: "pad pads",
  groups: "group numgroups",
  hidden: "hiddensize",
  heads: "numheads nhead",
  fps: "rate hz frequency",
  periodMs: "period interval",
};

const names: ReadonlyMap<string, string> = new Map(
  Object.entries(words).flatMap(([ours, theirs]) => theirs.split(" ").map((each): [string, string] => [each, ours])),
);
