import { dataTypeOf } from '@/lib/engines/model-files/onnx-schema';
import {
  float32Tensor,
  int64Tensor,
  type OnnxAttribute,
  type OnnxNode,
  type OnnxTensor,
} from '@/lib/engines/model-files/onnx-writer';

/** The name of a value in the graph. */
export type Value = string;

/** Collects nodes and constants and invents the names of the values between them. */
export class TinyGraph {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxTensor[] = [];

  /** Adds a node with one output and gives that output's name. Numbers become int attributes, lists ints. */
  op(
    opType: string,
    inputs: readonly Value[],
    attributes: Readonly<Record<string, number | readonly number[]>> = {},
    output = `${opType.toLowerCase()}_${this.nodes.length}`,
  ): Value {
    const typed = Object.entries(attributes).map(([name, value]): [string, OnnxAttribute] => [
      name,
      typeof value === 'number' ? { kind: 'int', value } : { kind: 'ints', values: value },
    ]);
    this.nodes.push({ opType, name: output, inputs, outputs: [output], attributes: Object.fromEntries(typed) });
    return output;
  }

  floats(dims: readonly number[], values: readonly number[]): Value {
    const name = `float_${this.initializers.length}`;
    this.initializers.push(float32Tensor(name, dims, values));
    return name;
  }

  /** A constant that broadcasts against [batch, channels, height, width] or anything else. */
  scalar(value: number): Value {
    return this.floats([1], [value]);
  }

  integers(dims: readonly number[], values: readonly number[]): Value {
    const name = `int_${this.initializers.length}`;
    this.initializers.push(int64Tensor(name, dims, values));
    return name;
  }

  cast(value: Value, elementType: 'float32' | 'float16' | 'uint8' | 'int64', output?: Value): Value {
    return this.op('Cast', [value], { to: dataTypeOf(elementType) }, output);
  }

  concat(values: readonly Value[], axis: number): Value {
    return this.op('Concat', values, { axis });
  }

  reshape(value: Value, dims: readonly number[]): Value {
    return this.op('Reshape', [value, this.integers([dims.length], dims)]);
  }

  /** 1 where `value` is above `threshold`, else 0. */
  above(value: Value, threshold: number): Value {
    return this.op('Where', [this.op('Greater', [value, this.scalar(threshold)]), this.scalar(1), this.scalar(0)]);
  }

  /** A 1×1 convolution: `rows[o][i]` is how much of channel i goes into channel o. */
  mix(value: Value, rows: readonly (readonly number[])[], bias?: readonly number[]): Value {
    const weights = this.floats([rows.length, rows[0]?.length ?? 0, 1, 1], rows.flat());
    const inputs = bias === undefined ? [value, weights] : [value, weights, this.floats([bias.length], bias)];
    return this.op('Conv', inputs, { kernel_shape: [1, 1] });
  }
}
