import { describe, expect, it } from 'vitest';
import { Fault } from '@/lib/core/fault';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import type { Dimension, ElementType, ModelFacts, YoloMetadata } from '@/lib/engines/model-files/model-facts';
import { type ObservedShapes, readHeads } from '@/lib/engines/model-files/read-heads';
import { tinyBrokenModel } from '@/lib/engines/model-files/test-support/tiny-broken-models';

type Shape = readonly Dimension[];

function factsWith(
  outputs: readonly Shape[],
  {
    input = [1, 3, 640, 640],
    inputType = 'float32',
    outputType = 'float32',
    metadata = null,
    operators = ['Conv'],
  }: {
    input?: Shape;
    inputType?: ElementType;
    outputType?: ElementType;
    metadata?: YoloMetadata | null;
    operators?: readonly string[];
  } = {},
): ModelFacts {
  return {
    sizeBytes: 1,
    irVersion: 8,
    opset: 17,
    producer: '',
    inputs: [{ name: 'images', elementType: inputType, shape: input }],
    outputs: outputs.map((shape, index) => ({ name: `output${index}`, elementType: outputType, shape })),
    operators,
    parameterCount: 0,
    precision: 'fp32',
    metadata,
    rawMetadata: {},
  };
}

function labels(facts: ModelFacts, observed?: ObservedShapes): readonly string[] {
  return readHeads(facts, observed).map(({ label }) => label);
}

const names = (count: number) => new Map(Array.from({ length: count }, (_, index) => [index, `thing${index}`]));

const dynamicInput: Shape = ['batch', 3, 'height', 'width'];

describe('readHeads without metadata', () => {
  it.each<[Shape[], string[]]>([
    [[[1, 84, 8400]], ['Detect, 80 classes']],
    [[[1, 56, 8400]], ['Pose, 17 keypoints × 3, 1 class', 'Detect, 52 classes', 'OBB, 51 classes']],
    [[[1, 7, 8400]], ['Detect, 3 classes', 'OBB, 2 classes']],
    [[[1, 5, 8400]], ['Detect, 1 class']],
    [[[1, 8400, 84]], ['Detect, 80 classes, transposed']],
    [[[1, 25_200, 85]], ['Detect, 80 classes, with objectness']],
    [
      [
        [1, 116, 8400],
        [1, 32, 160, 160],
      ],
      ['Segment, 80 classes'],
    ],
    [
      [
        [1, 25_200, 117],
        [1, 32, 160, 160],
      ],
      ['Segment, 80 classes, with objectness'],
    ],
    [[[1, 300, 6]], ['Detect, final rows']],
    [[[1, 300, 7]], ['OBB, final rows']],
    [[[1, 300, 57]], ['Pose, 17 keypoints × 3, final rows']],
    [
      [
        [1, 300, 38],
        [1, 32, 160, 160],
      ],
      ['Segment, final rows'],
    ],
    [[[1, 1000]], ['Classify, 1000 classes']],
    [[[1, 19, 80, 80]], ['Semantic, 19 classes']],
    [[[1, 1, 640, 640]], ['Depth']],
  ])('reads %j as %j', (shapes, expected) => {
    expect(labels(factsWith(shapes))).toEqual(expected);
  });

  it('reads whole numbers for every pixel as a class map', () => {
    expect(labels(factsWith([[1, 640, 640]], { outputType: 'uint8' }))).toEqual(['Semantic']);
    expect(labels(factsWith([[1, 640, 640]], { outputType: 'int64' }))).toEqual(['Semantic']);
  });

  it('ignores the raw feature maps that YOLOv5 exports beside its output', () => {
    const shapes = [
      [1, 25_200, 85],
      [1, 3, 80, 80, 85],
      [1, 3, 40, 40, 85],
    ];
    expect(labels(factsWith(shapes))).toEqual(['Detect, 80 classes, with objectness']);
  });

  it('puts OBB first when the graph turns boxes by an angle', () => {
    const facts = factsWith([[1, 20, 8400]], { operators: ['Conv', 'Cos', 'Sin'] });
    expect(labels(facts)[0]).toBe('OBB, 15 classes');
  });

  it('knows the grids of other inputs, and takes the stride from them', () => {
    const [reading] = readHeads(factsWith([[1, 84, 34_000]]));
    expect(reading).toMatchObject({ label: 'Detect, 80 classes', spec: { stride: 32 } });
    const [wide] = readHeads(factsWith([[1, 168, 8]], { input: [1, 3, 64, 128] }));
    expect(wide.label).toBe('Detect, 4 classes, transposed');
    const [p6] = readHeads(factsWith([[1, 84, 8_500]]));
    expect(p6.spec.stride).toBe(64);
  });

  it('uses the names of the file to choose, as YOLOv5 leaves only names and stride', () => {
    const metadata = { endToEnd: false, names: names(2), stride: 32 };
    expect(labels(factsWith([[1, 7, 8400]], { metadata }))).toEqual(['OBB, 2 classes']);
    const [reading] = readHeads(factsWith([[1, 25_200, 7]], { metadata }));
    expect(reading).toMatchObject({
      label: 'Detect, 2 classes, with objectness',
      spec: { names: ['thing0', 'thing1'] },
    });
  });

  it('invents names where the file has none', () => {
    expect(readHeads(factsWith([[1, 7, 8400]]))[0].spec.names).toEqual(['class0', 'class1', 'class2']);
  });

  it('says what can be known of symbolic shapes, and the rest after a first run', () => {
    const facts = factsWith([['batch', 'Concatoutput0_dim_1', 'anchors']], { input: dynamicInput });
    expect(readHeads(facts)[0].spec.head.classCount).toBeNull();
    expect(labels(facts, { output0: [1, 84, 8400] })).toEqual(['Detect, 80 classes']);
    expect(labels(facts, { images: [1, 3, 320, 320], output0: [1, 6_300, 85] })).toEqual([
      'Detect, 80 classes, with objectness',
    ]);
    expect(labels(factsWith([['batch', 84, 'anchors']], { input: dynamicInput }))).toEqual(['Detect, 80 classes']);
    expect(labels(factsWith([['batch', 'dets', 6]], { input: dynamicInput }))).toEqual(['Detect, final rows']);
  });

  it('gives every reading the arithmetic that a person can check', () => {
    const reasons = readHeads(factsWith([[1, 56, 8400]])).map(({ reason }) => reason);
    expect(reasons[0]).toBe('56 values per anchor = 4 box + 1 class score + 17 × 3 keypoints');
    expect(reasons[1]).toBe('56 values per anchor = 4 box + 52 class scores');
  });
});

describe('readHeads with metadata', () => {
  it('reads a symbolic file by its metadata alone', () => {
    const metadata: YoloMetadata = { task: 'pose', names: names(1), kptShape: { count: 17, dims: 3 }, endToEnd: false };
    const readings = readHeads(factsWith([['batch', 'x', 'anchors']], { input: dynamicInput, metadata }));
    expect(readings).toHaveLength(1);
    expect(readings[0].spec).toMatchObject({
      head: { layout: 'anchors', classCount: 1, extraCount: 51 },
      input: { size: { kind: 'dynamic', height: 640, width: 640 }, batch: { kind: 'dynamic' } },
    });
  });

  it('sees final rows in older end-to-end files that do not say so', () => {
    const metadata: YoloMetadata = { task: 'detect', names: names(80), endToEnd: false };
    expect(readHeads(factsWith([[1, 300, 6]], { metadata }))[0].spec.head).toMatchObject({
      layout: 'rows',
      classCount: 80,
    });
  });

  it('asks for 300 anchors where a dynamic end-to-end graph has a TopK', () => {
    const metadata: YoloMetadata = { task: 'detect', names: names(80), endToEnd: true };
    const options = { metadata, operators: ['Conv', 'TopK'] };
    const [dynamic] = readHeads(factsWith([['batch', 300, 6]], { ...options, input: dynamicInput }));
    expect(dynamic.spec.minimumAnchors).toBe(300);
    expect(readHeads(factsWith([[1, 300, 6]], options))[0].spec.minimumAnchors).toBe(0);
  });

  it('believes the channels when the list of names is shorter', () => {
    const metadata: YoloMetadata = { task: 'detect', names: names(2), endToEnd: false };
    expect(readHeads(factsWith([[1, 8, 8400]], { metadata }))[0].spec.names).toEqual([
      'thing0',
      'thing1',
      'class2',
      'class3',
    ]);
  });

  it('keeps a fixed batch and a non-square size', () => {
    const metadata: YoloMetadata = { task: 'detect', names: names(80), endToEnd: false };
    const facts = factsWith([[4, 84, 5_040]], { input: [4, 3, 384, 640], metadata, inputType: 'float16' });
    expect(readHeads(facts)[0].spec.input).toEqual({
      name: 'images',
      elementType: 'float16',
      size: { kind: 'static', height: 384, width: 640 },
      batch: { kind: 'static', size: 4 },
    });
  });

  it('takes the classes of a symbolic classifier from the names', () => {
    const metadata: YoloMetadata = { task: 'classify', names: names(10), endToEnd: false };
    const [reading] = readHeads(factsWith([['Softmaxoutput0_dim_0', 'x']], { input: dynamicInput, metadata }));
    expect(reading).toMatchObject({ label: 'Classify, 10 classes', spec: { input: { size: { height: 224 } } } });
  });

  it('refuses the queries of a transformer head instead of misreading them', () => {
    const metadata: YoloMetadata = { task: 'detect', names: names(80), endToEnd: false };
    expect(() => readHeads(factsWith([[1, 300, 84]], { metadata }))).toThrow(Fault);
  });

  it('refuses a segment model without prototypes', () => {
    const metadata: YoloMetadata = { task: 'segment', names: names(80), endToEnd: false };
    expect(() => readHeads(factsWith([[1, 116, 8400]], { metadata }))).toThrow('its metadata says segment');
  });
});

describe('readHeads on what it cannot read', () => {
  it('names the shapes of unreadable outputs', async () => {
    const fault = await identifyModel(bytesSource(tinyBrokenModel('wrong-output'))).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({ code: 'model-unreadable-output' });
    expect(String(fault)).toContain('map8 float32 [1, 3, 8, 8]');
  });

  it.each<[Shape[]]>([
    [[]],
    [[[1, 3, 80, 80, 85]]],
    [[['dets', 7]]],
    [[[5]]],
    [
      [
        [1, 8400, 80],
        [1, 8400, 4],
      ],
    ],
  ])('refuses outputs %j', (shapes) => {
    expect(() => readHeads(factsWith(shapes))).toThrow(Fault);
  });

  it.each<[Shape, ElementType]>([
    [[1, 1, 640, 640], 'float32'],
    [[1, 640, 640, 3], 'float32'],
    [[1, 3, 640, 640], 'uint8'],
    [[1, 77], 'int64'],
    [[1, 3, 100_000, 100_000], 'float32'],
    [[1_000_000, 3, 32, 32], 'float32'],
  ])('refuses an input %j of %s', (input, inputType) => {
    const read = () => readHeads(factsWith([[1, 84, 8400]], { input, inputType }));
    expect(read).toThrow(expect.objectContaining({ code: 'model-unreadable-input' }));
  });
});
