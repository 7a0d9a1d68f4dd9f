import {
  float32Tensor,
  int64Tensor,
  type OnnxNode,
  type OnnxTensor,
  writeOnnx,
} from '@/lib/engines/model-files/onnx-writer';
import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';

/** Strides of the three feature maps of the head. */
const strides = [8, 16, 32] as const;
const classCount = 80;
const coefficientCount = 32;

/**
 * A network with the cost and the outputs of YOLOv8n (about 9 GFLOPs at 640; segment adds coefficients and prototypes) and
 * random weights, so that whole predictions can be compared with the bare runtime without shipping anybody's weights.
 * fp32, opset 17, input `images` [1, 3, size, size], metadata as the Ultralytics exporter writes it.
 */
export function syntheticYolo(task: 'detect' | 'segment', size = 640): Uint8Array {
  const net = new Net(seededRandom(7));
  let x = net.conv('images', 3, 16, 3, 2);
  x = net.conv(x, 16, 32, 3, 2);
  x = net.bottleneck(x, 32, 1);
  x = net.conv(x, 32, 64, 3, 2);
  const p3 = net.bottleneck(x, 64, 3);
  x = net.conv(p3, 64, 128, 3, 2);
  const p4 = net.bottleneck(x, 128, 3);
  x = net.conv(p4, 128, 256, 3, 2);
  const p5 = net.bottleneck(x, 256, 1);
  const perAnchor = 4 + classCount + (task === 'segment' ? coefficientCount : 0);
  const levels = [p3, p4, p5].map((feature, index) => {
    const width = [64, 128, 256][index];
    const boxes = net.conv(net.conv(net.conv(feature, width, 64, 3, 1), 64, 64, 3, 1), 64, 4, 1, 1, 'none');
    const narrow = net.conv(net.conv(feature, width, 80, 3, 1), 80, 80, 3, 1);
    const rest = net.conv(narrow, 80, perAnchor - 4, 1, 1, 'none');
    const raw = net.op('Concat', [boxes, rest], { axis: { kind: 'int', value: 1 } });
    return net.op('Reshape', [raw, net.integers([1, perAnchor, (size / strides[index]) ** 2])]);
  });
  const all = net.op('Concat', levels, { axis: { kind: 'int', value: 2 } });
  const lengths = task === 'segment' ? [4, classCount, coefficientCount] : [4, classCount];
  const [boxes, logits, coefficients] = net.split(all, lengths);
  const pixels = net.op('Mul', [net.op('Sigmoid', [boxes]), net.scalar(size)]);
  // A trained head is sure of little: a bias far below zero leaves a handful of anchors above 0.25.
  const scores = net.op('Sigmoid', [net.op('Add', [logits, net.scalar(-4)])]);
  net.rename('Concat', [pixels, scores, ...(coefficients ? [coefficients] : [])], 'output0', {
    axis: { kind: 'int', value: 1 },
  });
  if (task === 'segment') {
    const wide = net.op('Resize', [net.conv(p3, 64, 64, 3, 1), '', net.floats([1, 1, 2, 2])], {
      mode: { kind: 'string', value: 'nearest' },
    });
    const prototypes = net.conv(net.conv(wide, 64, 64, 3, 1), 64, coefficientCount, 1, 1, 'none');
    net.rename('Identity', [prototypes], 'output1');
  }
  return net.write(task, perAnchor, size);
}

class Net {
  private readonly nodes: OnnxNode[] = [];
  private readonly initializers: OnnxTensor[] = [];
  private count = 0;

  constructor(private readonly random: () => number) {}

  op(opType: string, inputs: readonly string[], attributes: OnnxNode['attributes'] = {}): string {
    const output = this.fresh();
    this.rename(opType, inputs, output, attributes);
    return output;
  }

  rename(opType: string, inputs: readonly string[], output: string, attributes: OnnxNode['attributes'] = {}): void {
    this.nodes.push({ opType, inputs, outputs: [output], attributes });
  }

  /** Convolution, bias, SiLU; weights by He's rule so that activations neither vanish nor explode. */
  conv(
    x: string,
    from: number,
    to: number,
    kernel: number,
    stride: number,
    activation: 'silu' | 'none' = 'silu',
  ): string {
    const spread = Math.sqrt(6 / (from * kernel * kernel));
    const weights = Float32Array.from({ length: to * from * kernel * kernel }, () => (this.random() * 2 - 1) * spread);
    const pad = kernel >> 1;
    const y = this.op(
      'Conv',
      [x, this.constant([to, from, kernel, kernel], weights), this.constant([to], new Float32Array(to))],
      {
        strides: { kind: 'ints', values: [stride, stride] },
        pads: { kind: 'ints', values: [pad, pad, pad, pad] },
        kernel_shape: { kind: 'ints', values: [kernel, kernel] },
      },
    );
    if (activation === 'none') return y;
    return this.op('Mul', [y, this.op('Sigmoid', [y])]);
  }

  bottleneck(x: string, width: number, repeats: number): string {
    let y = x;
    for (let i = 0; i < repeats; i++) {
      y = this.op('Add', [y, this.conv(this.conv(y, width, width / 2, 3, 1), width / 2, width, 3, 1)]);
    }
    return this.conv(y, width, width, 1, 1);
  }

  split(x: string, lengths: readonly number[]): string[] {
    const outputs = lengths.map(() => this.fresh());
    this.nodes.push({
      opType: 'Split',
      inputs: [x, this.integers(lengths)],
      outputs,
      attributes: { axis: { kind: 'int', value: 1 } },
    });
    return outputs;
  }

  scalar(value: number): string {
    return this.constant([], Float32Array.of(value));
  }

  floats(values: readonly number[]): string {
    return this.constant([values.length], Float32Array.from(values));
  }

  integers(values: readonly number[]): string {
    const name = this.fresh();
    this.initializers.push(int64Tensor(name, [values.length], values));
    return name;
  }

  write(task: 'detect' | 'segment', perAnchor: number, size: number): Uint8Array {
    const float = (name: string, shape: readonly number[]) => ({ name, elementType: 'float32' as const, shape });
    const names = Array.from({ length: classCount }, (_, index) => `${index}: 'class ${index}'`).join(', ');
    return writeOnnx({
      irVersion: 8,
      opsets: { '': 17 },
      producer: { name: 'sightline-bench', version: '1' },
      graph: {
        name: 'synthetic',
        nodes: this.nodes,
        initializers: this.initializers,
        inputs: [float('images', [1, 3, size, size])],
        outputs: [
          float('output0', [1, perAnchor, strides.reduce((sum, stride) => sum + (size / stride) ** 2, 0)]),
          ...(task === 'segment' ? [float('output1', [1, coefficientCount, size / 4, size / 4])] : []),
        ],
      },
      metadata: { task, stride: '32', batch: '1', imgsz: `[${size}, ${size}]`, names: `{${names}}`, end2end: 'False' },
    });
  }

  private constant(dims: readonly number[], values: Float32Array): string {
    const name = this.fresh();
    this.initializers.push(float32Tensor(name, dims, values));
    return name;
  }

  private fresh(): string {
    this.count += 1;
    return `v${this.count}`;
  }
}
