import { describe, expect, it } from 'vitest';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { inspectCheckpoint } from '@/lib/engines/model-files/checkpoint/inspect-checkpoint';
import type { ModuleDescription } from '@/lib/engines/model-files/checkpoint/test-support/checkpoint-pickler';
import { PickleWriter } from '@/lib/engines/model-files/checkpoint/test-support/pickle-writer';
import { tinyNetwork, tinyTrainedCheckpoint } from '@/lib/engines/model-files/checkpoint/test-support/tiny-checkpoint';
import { writeCheckpoint, zipOf } from '@/lib/engines/model-files/checkpoint/test-support/write-checkpoint';
import { inspectModelFile } from '@/lib/engines/model-files/inspect-model-file';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';

function inspect(bytes: Uint8Array) {
  return inspectCheckpoint(bytesSource(bytes));
}

describe('inspecting a checkpoint', () => {
  it('says what a good file holds, as plain data', async () => {
    const bytes = tinyTrainedCheckpoint();
    const report = await inspect(bytes);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report).toMatchObject({ kind: 'checkpoint', container: 'zip', refusal: null, foreignInstructions: [] });
    expect(report.sizeBytes).toBe(bytes.byteLength);
    expect(report.contents).toMatchObject({
      which: 'model',
      task: 'detect',
      names: { 0: 'circle', 1: 'square' },
      architecture: { className: 'ultralytics.nn.tasks.DetectionModel', yamlFile: 'yolov8n.yaml', scale: 'n' },
      layers: [
        { index: 0, from: [-1], className: 'Conv', parameterCount: 20 },
        { index: 1, from: [-1, 0], className: 'Conv', parameterCount: 40 },
      ],
      parameterCount: 60,
      dtypes: { float16: 76, int64: 2 },
      epoch: -1,
      bestFitness: null,
      trainingArguments: { task: 'detect', imgsz: 320, lr0: 0.0125 },
      metrics: { 'metrics/mAP50(B)': 0.875 },
      results: { epoch: [1, 2] },
    });
    expect(report.globals.map(({ verdict }) => verdict)).not.toContain('unusual');
    expect(report.globals).toContainEqual({
      verdict: 'expected',
      meaning: 'A block of the Ultralytics package',
      names: ['ultralytics.nn.modules.conv.Conv'],
    });
  });

  it('puts what is unusual before what is expected', async () => {
    const criterion = { objectOf: 'ultralytics.utils.loss.v8DetectionLoss', attributes: {} };
    const model: ModuleDescription = { ...tinyNetwork(), attributes: { criterion } };
    const { globals, refusal } = await inspect(writeCheckpoint({ model }));
    expect(refusal).toBeNull();
    expect(globals[0]).toMatchObject({ verdict: 'unusual', names: ['ultralytics.utils.loss.v8DetectionLoss'] });
  });

  it('lists everything that a refused file asks for, though reading ends at the first', async () => {
    const writer = new PickleWriter().protocol();
    writer.global('my_models', 'Net').op('POP').global('os', 'system').op('POP');
    writer.text('subprocess').text('run').op('STACK_GLOBAL').op('NONE');
    const { globals, refusal } = await inspect(zipOf(writer.finish()));
    expect(refusal?.found).toContain('my_models.Net');
    expect(globals).toEqual([
      {
        verdict: 'dangerous',
        meaning: expect.stringContaining('runs commands'),
        names: ['os.system', 'subprocess.run'],
      },
      { verdict: 'unusual', meaning: expect.stringContaining('Neither'), names: ['my_models.Net'] },
    ]);
  });

  it('follows words through the memo, as picklers of protocol 4 write them', async () => {
    const writer = new PickleWriter()
      .protocol(4)
      .text('posix')
      .op('MEMOIZE')
      .op('POP')
      .text('system')
      .op('MEMOIZE')
      .op('POP');
    writer.get(0).get(1).op('STACK_GLOBAL').op('EMPTY_TUPLE').op('REDUCE');
    expect((await inspect(zipOf(writer.finish()))).globals[0]).toMatchObject({ names: ['posix.system'] });
  });

  it.each([
    ['protocol 2', new PickleWriter().protocol().global('os', 'system').text('x').ops('TUPLE1', 'REDUCE').finish()],
    ['protocol 0', Buffer.from("cos\nsystem\n(S'x'\ntR.")],
  ])('scans bare pickles of %s, which PyTorch would open', async (_, bytes) => {
    const report = await inspect(bytes);
    expect(report.globals).toMatchObject([{ verdict: 'dangerous', names: ['os.system'] }]);
    expect(report.refusal).not.toBeNull();
    expect(await inspectModelFile(bytesSource(bytes))).toEqual(report);
  });

  it('shows names out of a hostile file in one harmless line', async () => {
    const writer = new PickleWriter()
      .protocol()
      .text('evil\n\u202emodule\u0007')
      .text('x'.repeat(5000))
      .op('STACK_GLOBAL');
    const { globals, refusal } = await inspect(zipOf(writer.finish()));
    const shown = globals[0]?.names[0] ?? '';
    expect(shown.length).toBeLessThan(130);
    expect(`${shown}${refusal?.found}`).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('keeps the report of a file small that shares one text for ever', async () => {
    const long = 'x'.repeat(100_000);
    const entries = { train_args: new Map([['all', Array.from({ length: 60_000 }, () => long)]]) };
    const report = await inspect(writeCheckpoint({ model: tinyNetwork(), entries }));
    expect(report.refusal).toBeNull();
    expect(JSON.stringify(report).length).toBeLessThan(2_000_000);
  });

  it('tells a checkpoint from an ONNX model', async () => {
    expect((await inspectModelFile(bytesSource(tinyTrainedCheckpoint()))).kind).toBe('checkpoint');
    const onnx = await inspectModelFile(bytesSource(tinyModel()));
    expect(onnx).toMatchObject({ kind: 'onnx', task: 'detect', names: ['red', 'green', 'blue'], stride: 32 });
    expect(JSON.parse(JSON.stringify(onnx))).toEqual(onnx);
    await expect(inspectModelFile(bytesSource(Buffer.from('hello')))).rejects.toMatchObject({ code: 'model-not-onnx' });
  });
});
