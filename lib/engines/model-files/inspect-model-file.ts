import type { Task } from '@/lib/core/task';
import type { ByteSource } from '@/lib/engines/model-files/byte-source';
import { containerKind } from '@/lib/engines/model-files/checkpoint/container-kind';
import {
  type CheckpointReport,
  inspectCheckpoint,
  isBarePickle,
} from '@/lib/engines/model-files/checkpoint/inspect-checkpoint';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import type { ModelFacts, ModelIdentity } from '@/lib/engines/model-files/model-facts';

/** What an ONNX file is, as plain data. */
export type OnnxReport = {
  readonly kind: 'onnx';
  readonly facts: Omit<ModelFacts, 'metadata'>;
  /** The likeliest way to read its outputs. */
  readonly task: Task;
  readonly names: readonly string[];
  readonly imageSize: { readonly height: number; readonly width: number; readonly dynamic: boolean };
  readonly stride: number;
  /** Every way to read them, with its reason. */
  readonly readings: readonly { readonly label: string; readonly reason: string }[];
};

export type ModelFileReport = CheckpointReport | OnnxReport;

/**
 * What a model file is and holds, told without running any of it. A `.pt` file always gets a report, with its refusal in it;
 * for anything else the promise rejects with the `Fault`s of `identifyModel`.
 */
export async function inspectModelFile(source: ByteSource): Promise<ModelFileReport> {
  return (await isCheckpointFile(source)) ? inspectCheckpoint(source) : onnxReport(await identifyModel(source));
}

/** Whether the bytes are those of a `.pt` file, be it one that is refused. */
export async function isCheckpointFile(source: ByteSource): Promise<boolean> {
  return (await containerKind(source)) !== null || isBarePickle(source);
}

function onnxReport({ facts: { metadata: _, ...facts }, readings }: ModelIdentity): OnnxReport {
  const [{ spec }] = readings;
  const { height, width, kind } = spec.input.size;
  return {
    kind: 'onnx',
    facts,
    task: spec.task,
    names: spec.names,
    imageSize: { height, width, dynamic: kind === 'dynamic' },
    stride: spec.stride,
    readings: readings.map(({ label, reason }) => ({ label, reason })),
  };
}
