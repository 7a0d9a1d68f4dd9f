import { describe, expect, it } from 'vitest';
import { Fault } from '@/lib/core/fault';
import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import type { ConvertOptions } from '@/lib/engines/architecture/convert-options';
import { calibratedFamily } from '@/lib/engines/architecture/test-support/calibrated-family';
import { withAttribute, withChild, withHead } from '@/lib/engines/architecture/test-support/change-tree';
import { expectAnswer } from '@/lib/engines/architecture/test-support/expect-answer';
import { type Family, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import { fuseTree } from '@/lib/engines/architecture/test-support/module-trees/fuse-tree';
import { checkpointAround } from '@/lib/engines/architecture/test-support/module-trees/model-tree';
import { pose } from '@/lib/engines/architecture/test-support/module-trees/task-heads';
import {
  conv2d,
  identity,
  moduleList,
  moduleNode,
} from '@/lib/engines/architecture/test-support/module-trees/torch-modules';
import { treeContext } from '@/lib/engines/architecture/test-support/module-trees/tree-context';
import { noiseImage } from '@/lib/engines/architecture/test-support/noise-image';
import { oracleAnswer } from '@/lib/engines/architecture/test-support/oracle/oracle-answer';
import { withConverted } from '@/lib/engines/architecture/test-support/run-converted';
import type { Checkpoint, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

const side = 64;
const nms = { conf: 0.25, iou: 0.45, maxDetections: 300, agnostic: false };

describe('outputs of heads', () => {
  // contracts: [batch, 4 + classes + extras, anchors]; rows are 6 + extras; 84 anchors in an image of 64 × 64.
  it.each([
    ['yolov8n', {}, [[1, 7, 84]]],
    ['yolov8n-p2', {}, [[1, 7, 340]]],
    ['yolov8n-p6', {}, [[1, 7, 85]]],
    ['yolov3-tinyu', {}, [[1, 7, 20]]],
    [
      'yolov8n-seg',
      {},
      [
        [1, 39, 84],
        [1, 32, 16, 16],
      ],
    ],
    ['yolov8n-pose', {}, [[1, 22, 84]]],
    ['yolov8n-obb', {}, [[1, 8, 84]]],
    ['yolov8n-cls', {}, [[1, 5]]],
    ['yolov10n', { imgsz: 128 }, [[1, 300, 6]]],
    [
      'yolo26n-seg',
      { imgsz: 128 },
      [
        [1, 300, 38],
        [1, 32, 32, 32],
      ],
    ],
    ['yolo26n-pose', { imgsz: 128 }, [[1, 300, 21]]],
    ['yolo26n-obb', { imgsz: 128 }, [[1, 300, 7]]],
    ['yolo26n', { endToEnd: false }, [[1, 7, 84]]],
    ['yolo26n-sem', {}, [[1, 64, 64]]],
    ['yolo26n-depth', {}, [[1, 1, 64, 64]]],
    ['yolov8n', { nms }, [[1, 300, 6]]],
    [
      'yolov8n-seg',
      { nms },
      [
        [1, 300, 38],
        [1, 32, 16, 16],
      ],
    ],
    ['yolov8n-pose', { nms }, [[1, 300, 21]]],
    ['yolov8n-obb', { nms }, [[1, 300, 7]]],
    ['yolo26n', { nms, endToEnd: false, batch: 3 }, [[3, 300, 6]]],
  ] satisfies [string, ConvertOptions, number[][]][])('%s with %j are of shape %j', async (name, options, shapes) => {
    const { imgsz = side, batch = 1 }: ConvertOptions = options;
    const images = Array.from({ length: batch }, (_, index) => noiseImage(index, Number(imgsz)));
    const checkpoint = calibratedFamily(familyNamed(name));
    const answer = await withConverted(checkpoint, { ...options, imgsz }, ({ run }) => run(...images));
    expect(answer.map(({ dims }) => dims)).toEqual(shapes);
    expect(answer.every(({ type }) => type === (name.endsWith('-sem') ? 'uint8' : 'float32'))).toBe(true);
  });

  it('of end-to-end heads are the 300 best of more anchors', async () => {
    const checkpoint = calibratedFamily(familyNamed('yolo26n-pose'));
    const image = noiseImage(3, 128);
    const answer = await withConverted(checkpoint, { imgsz: 128 }, ({ run }) => run(image));
    expectAnswer(answer, [oracleAnswer(checkpoint, image)]);
  });

  it.each([
    ['a single class', withClassCount('yolov8n', 1)],
    ['a single class, end-to-end', withClassCount('yolo26n', 1)],
    ['a single semantic class', withClassCount('yolo26n-sem', 1)],
    ['keypoints without visibility', withFlatKeypoints('yolo11n-pose', false)],
    ['keypoints without visibility of YOLO26', withFlatKeypoints('yolo26n-pose', true)],
  ])('are right for %s', async (_, family) => {
    const checkpoint = calibratedFamily(family);
    const image = noiseImage(4, side);
    const answer = await withConverted(checkpoint, { imgsz: side }, ({ run }) => run(image));
    expectAnswer(answer, [oracleAnswer(checkpoint, image)]);
  });

  it('are plain for a head that was switched to it before it was saved', async () => {
    const checkpoint = withHead(calibratedFamily(familyNamed('yolo26n')), (head) =>
      withAttribute(head, '_end2end', false),
    );
    const image = noiseImage(5, side);
    const answer = await withConverted(checkpoint, { imgsz: side }, ({ run }) => run(image));
    expectAnswer(answer, [oracleAnswer(checkpoint, image)]);
    expect(answer[0].dims).toEqual([1, 7, 84]);
  });
});

describe('heads that cannot do what is asked', () => {
  const detector = calibratedFamily(familyNamed('yolov8n'));

  it.each([
    [
      'suppression of classes',
      calibratedFamily(familyNamed('yolov8n-cls')),
      { nms },
      'a Classify head answers no boxes',
    ],
    ['suppression of depth', calibratedFamily(familyNamed('yolo26n-depth')), { nms }, 'a Depth head answers no boxes'],
    ['an end-to-end classifier', calibratedFamily(familyNamed('yolo11n-cls')), { endToEnd: true }, 'answers no boxes'],
    ['an end-to-end YOLOv8', detector, { endToEnd: true }, 'this checkpoint has none'],
    ['the plain head of a fused YOLO26', fused('yolo26n'), { endToEnd: false }, 'only its end-to-end branch is left'],
    ['suppression of a fused YOLO26', fused('yolo26n'), { endToEnd: false, nms }, 'only its end-to-end branch is left'],
  ] satisfies [string, Checkpoint, ConvertOptions, string][])('refuse %s', async (_, checkpoint, options, found) => {
    await expectRefused(checkpoint, options, 'model-unsupported', found);
  });

  const changed = (name: string, change: (head: ModuleNode) => ModuleNode) =>
    withHead(calibratedFamily(familyNamed(name)), change);
  const t = treeContext({
    seed: 1,
    classCount: 3,
    width: 1,
    depth: 1,
    activation: 'SiLU',
    normEpsilon: 1e-3,
    headWidth: 8,
    classifierWidth: 8,
  });

  it.each([
    [
      'an unknown class',
      changed('yolov8n', (head) => ({ ...head, className: 'ultralytics.nn.modules.head.RTDETRDecoder' })),
      '(RTDETRDecoder)',
    ],
    ['a missing branch', changed('yolov8n', (head) => withChild(head, 'cv3', null)), 'has no part “cv3”'],
    [
      'too few levels',
      changed('yolov8n', (head) => withChild(head, 'cv3', moduleList([identity()]))),
      'has 1 parts “cv3” for 3 levels',
    ],
    [
      'boxes of odd width',
      changed('yolov8n', (head) => withChild(head, 'cv2', moduleList([8, 16, 32].map((c) => conv2d(t, c, 6))))),
      'has boxes of 6 channels',
    ],
    ['no distances', changed('yolov8n', (head) => withChild(head, 'dfl', identity())), 'has no part “dfl.conv”'],
    [
      'other keypoints than it says',
      changed('yolov8n-pose', (head) => withAttribute(head, 'kpt_shape', [17, 3])),
      'other numbers than 17 keypoints of 3',
    ],
    [
      'keypoints of four numbers',
      changed('yolov8n-pose', (head) => withAttribute(head, 'kpt_shape', [5, 4])),
      'keypoints of 4',
    ],
    ['keypoints of no shape', changed('yolov8n-pose', (head) => withAttribute(head, 'kpt_shape', null)), '“kpt_shape”'],
    ['no prototypes', changed('yolov8n-seg', (head) => withChild(head, 'proto', null)), 'has no part “proto”'],
    [
      'too few refinements',
      changed('yolo26n-seg', (head) =>
        withChild(head, 'proto', withChild(protoOf(head), 'feat_refine', moduleList([]))),
      ),
      'has 0 parts “feat_refine” for 2 coarser levels',
    ],
    ['no calibration', changed('yolo26n-depth', (head) => ({ ...head, buffers: new Map() })), 'has no number “cal_b”'],
    [
      'a level at another place',
      changed('yolov8n', (head) => withAttribute(head, 'f', [15, 18, 99])),
      'takes its input from layer 99',
    ],
    [
      'classes that do not join',
      changed('yolov8n', (head) =>
        withChild(head, 'cv3', moduleList([3, 4, 5].map((c, level) => conv2d(t, [8, 16, 32][level], c)))),
      ),
      'Concat',
    ],
    [
      'a head that is a block',
      changed('yolov8n', () => moduleNode('ultralytics.nn.modules.block.C2f', { attributes: { f: -1 } })),
      'is no head that is known here',
    ],
  ] satisfies [string, Checkpoint, string][])('name the module with %s', async (_, checkpoint, found) => {
    await expectRefused(checkpoint, {}, 'model-unsupported', found);
  });
});

async function expectRefused(
  checkpoint: Checkpoint,
  options: ConvertOptions,
  code: string,
  found: string,
): Promise<void> {
  const error = await convertCheckpoint(checkpoint, { imgsz: side, ...options }).catch((refusal: unknown) => refusal);
  expect(error).toBeInstanceOf(Fault);
  expect(error).toMatchObject({ code, found: expect.stringContaining(found) });
}

function fused(name: string): Checkpoint {
  return checkpointAround(fuseTree(calibratedFamily(familyNamed(name)).model));
}

function protoOf(head: ModuleNode): ModuleNode {
  return head.children.get('proto') ?? identity();
}

function withClassCount(name: string, classCount: number): Family {
  const family = familyNamed(name);
  return { ...family, options: { ...family.options, classCount } };
}

function withFlatKeypoints(name: string, is26: boolean): Family {
  const keypoints = { count: 4, dims: 2 } as const;
  const spec = {
    regMax: is26 ? (1 as const) : (16 as const),
    isEndToEnd: is26,
    hasFullClassBranch: false,
    strides: [8, 16, 32],
    is26,
  };
  return { ...familyNamed(name), keypoints, makeHead: (t, inputs) => pose(t, inputs, spec, keypoints) };
}
