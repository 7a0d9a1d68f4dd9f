import type { Layer } from '@/lib/engines/architecture/test-support/module-trees/layer';
import { layers as l } from '@/lib/engines/architecture/test-support/module-trees/layers';

/** The layers of a network up to its head, and which of them the head reads, finest first. */
export type Body = { readonly table: readonly Layer[]; readonly outputs: readonly number[] };

const newSppf = { hasActivation: false, hasShortcut: false, isOld: false };
const oldSppf = { hasActivation: true, hasShortcut: false, isOld: true };

export const yolov3Tiny: Body = {
  table: [
    l.conv(16, 3, 1),
    l.maxPool(2, 2),
    l.conv(32, 3, 1),
    l.maxPool(2, 2),
    l.conv(64, 3, 1),
    l.maxPool(2, 2),
    l.conv(128, 3, 1),
    l.maxPool(2, 2),
    l.conv(256, 3, 1),
    l.maxPool(2, 2),
    l.conv(512, 3, 1),
    l.zeroPad(0, 1, 0, 1),
    l.maxPool(2, 1),
    l.conv(1024, 3, 1),
    l.conv(256, 1, 1),
    l.conv(512, 3, 1),
    l.conv(128, 1, 1, {}, -2),
    l.upsample(),
    l.concat([-1, 8]),
    l.conv(256, 3, 1),
  ],
  outputs: [19, 15],
};

export const yolov5: Body = {
  table: [
    l.conv(64, 6, 2, { padding: 2 }),
    l.conv(128, 3, 2),
    l.c3(3, 128, true),
    l.conv(256, 3, 2),
    l.c3(6, 256, true),
    l.conv(512, 3, 2),
    l.c3(9, 512, true),
    l.conv(1024, 3, 2),
    l.c3(3, 1024, true),
    l.sppf(1024, oldSppf),
    l.conv(512, 1, 1),
    l.upsample(),
    l.concat([-1, 6]),
    l.c3(3, 512, false),
    l.conv(256, 1, 1),
    l.upsample(),
    l.concat([-1, 4]),
    l.c3(3, 256, false),
    l.conv(256, 3, 2),
    l.concat([-1, 14]),
    l.c3(3, 512, false),
    l.conv(512, 3, 2),
    l.concat([-1, 10]),
    l.c3(3, 1024, false),
  ],
  outputs: [17, 20, 23],
};

export const yolov6: Body = {
  table: [
    l.conv(64, 3, 2),
    l.conv(128, 3, 2),
    l.convs(6, 128),
    l.conv(256, 3, 2),
    l.convs(12, 256),
    l.conv(512, 3, 2),
    l.convs(18, 512),
    l.conv(1024, 3, 2),
    l.convs(6, 1024),
    l.sppf(1024, newSppf),
    l.conv(256, 1, 1),
    l.upsampleLearnt(256),
    l.concat([-1, 6]),
    l.conv(256, 3, 1),
    l.convs(9, 256),
    l.conv(128, 1, 1),
    l.upsampleLearnt(128),
    l.concat([-1, 4]),
    l.conv(128, 3, 1),
    l.convs(9, 128),
    l.conv(128, 3, 2),
    l.concat([-1, 15]),
    l.conv(256, 3, 1),
    l.convs(9, 256),
    l.conv(256, 3, 2),
    l.concat([-1, 10]),
    l.conv(512, 3, 1),
    l.convs(9, 512),
  ],
  outputs: [19, 23, 27],
};

const yolov8Backbone: readonly Layer[] = [
  l.conv(64, 3, 2),
  l.conv(128, 3, 2),
  l.c2f(3, 128, true),
  l.conv(256, 3, 2),
  l.c2f(6, 256, true),
  l.conv(512, 3, 2),
  l.c2f(6, 512, true),
  l.conv(1024, 3, 2),
  l.c2f(3, 1024, true),
];

const yolov8Neck: readonly Layer[] = [
  l.sppf(1024, oldSppf),
  l.upsample(),
  l.concat([-1, 6]),
  l.c2f(3, 512, false),
  l.upsample(),
  l.concat([-1, 4]),
  l.c2f(3, 256, false),
];

export const yolov8: Body = {
  table: [
    ...yolov8Backbone,
    ...yolov8Neck,
    l.conv(256, 3, 2),
    l.concat([-1, 12]),
    l.c2f(3, 512, false),
    l.conv(512, 3, 2),
    l.concat([-1, 9]),
    l.c2f(3, 1024, false),
  ],
  outputs: [15, 18, 21],
};

export const yolov8P2: Body = {
  table: [
    ...yolov8Backbone,
    ...yolov8Neck,
    l.upsample(),
    l.concat([-1, 2]),
    l.c2f(3, 128, false),
    l.conv(128, 3, 2),
    l.concat([-1, 15]),
    l.c2f(3, 256, false),
    l.conv(256, 3, 2),
    l.concat([-1, 12]),
    l.c2f(3, 512, false),
    l.conv(512, 3, 2),
    l.concat([-1, 9]),
    l.c2f(3, 1024, false),
  ],
  outputs: [18, 21, 24, 27],
};

export const yolov8P6: Body = {
  table: [
    ...yolov8Backbone.slice(0, 7),
    l.conv(768, 3, 2),
    l.c2f(3, 768, true),
    l.conv(1024, 3, 2),
    l.c2f(3, 1024, true),
    l.sppf(1024, oldSppf),
    l.upsample(),
    l.concat([-1, 8]),
    l.c2(3, 768, false),
    l.upsample(),
    l.concat([-1, 6]),
    l.c2(3, 512, false),
    l.upsample(),
    l.concat([-1, 4]),
    l.c2(3, 256, false),
    l.conv(256, 3, 2),
    l.concat([-1, 17]),
    l.c2(3, 512, false),
    l.conv(512, 3, 2),
    l.concat([-1, 14]),
    l.c2(3, 768, false),
    l.conv(768, 3, 2),
    l.concat([-1, 11]),
    l.c2(3, 1024, false),
  ],
  outputs: [20, 23, 26, 29],
};

export const yolov8Classifier: Body = { table: yolov8Backbone, outputs: [-1] };

export const yolov9Tiny: Body = {
  table: [
    l.conv(16, 3, 2),
    l.conv(32, 3, 2),
    l.elan1(32, 32, 16),
    l.aConv(64),
    l.repNcspElan4(64, 64, 32, 3),
    l.aConv(96),
    l.repNcspElan4(96, 96, 48, 3),
    l.aConv(128),
    l.repNcspElan4(128, 128, 64, 3),
    l.sppElan(128, 64),
    l.upsample(),
    l.concat([-1, 6]),
    l.repNcspElan4(96, 96, 48, 3),
    l.upsample(),
    l.concat([-1, 4]),
    l.repNcspElan4(64, 64, 32, 3),
    l.aConv(48),
    l.concat([-1, 12]),
    l.repNcspElan4(96, 96, 48, 3),
    l.aConv(64),
    l.concat([-1, 9]),
    l.repNcspElan4(128, 128, 64, 3),
  ],
  outputs: [15, 18, 21],
};

/** Not a whole network: the modules that only the larger YOLOv9s have, in an arrangement like theirs. */
export const yolov9Auxiliary: Body = {
  table: [
    l.silence(),
    l.conv(64, 3, 2),
    l.conv(128, 3, 2),
    l.repNcspElan4(256, 128, 64, 2),
    l.aDown(256),
    l.repNcspElan4(512, 256, 128, 2),
    l.aDown(512),
    l.cbLinear(2, [64]),
    l.cbLinear(4, [64, 128]),
    l.cbLinear(6, [64, 128, 256]),
    l.conv(64, 3, 2, {}, 0),
    l.cbFuse([7, 8, 9, -1], [0, 0, 0]),
    l.conv(128, 3, 2),
    l.cbFuse([8, 9, -1], [1, 1]),
    l.aDown(256),
    l.cbFuse([9, -1], [2]),
    l.sppElan(256, 128),
    l.identity(),
    l.aDown(512),
  ],
  outputs: [14, 17, 18],
};

export const yolov10: Body = {
  table: [
    l.conv(64, 3, 2),
    l.conv(128, 3, 2),
    l.c2f(3, 128, true),
    l.conv(256, 3, 2),
    l.c2f(6, 256, true),
    l.scDown(512),
    l.c2f(6, 512, true),
    l.scDown(1024),
    l.c2f(3, 1024, true),
    l.sppf(1024, newSppf),
    l.psa(1024),
    l.upsample(),
    l.concat([-1, 6]),
    l.c2f(3, 512, false),
    l.upsample(),
    l.concat([-1, 4]),
    l.c2f(3, 256, false),
    l.conv(256, 3, 2),
    l.concat([-1, 13]),
    l.c2fCibPlain(3, 512),
    l.scDown(512),
    l.concat([-1, 10]),
    l.c2fCib(3, 1024),
  ],
  outputs: [16, 19, 22],
};

const yolo11Backbone: readonly Layer[] = [
  l.conv(64, 3, 2),
  l.conv(128, 3, 2),
  l.c3k2(2, 256, 'bottleneck', 0.25),
  l.conv(256, 3, 2),
  l.c3k2(2, 512, 'bottleneck', 0.25),
  l.conv(512, 3, 2),
  l.c3k2(2, 512, 'c3k'),
  l.conv(1024, 3, 2),
  l.c3k2(2, 1024, 'c3k'),
];

export const yolo11: Body = {
  table: [
    ...yolo11Backbone,
    l.sppf(1024, oldSppf),
    l.c2psa(2, 1024),
    l.upsample(),
    l.concat([-1, 6]),
    l.c3k2(2, 512, 'bottleneck'),
    l.upsample(),
    l.concat([-1, 4]),
    l.c3k2(2, 256, 'bottleneck'),
    l.conv(256, 3, 2),
    l.concat([-1, 13]),
    l.c3k2(2, 512, 'bottleneck'),
    l.conv(512, 3, 2),
    l.concat([-1, 10]),
    l.c3k2(2, 1024, 'c3k'),
  ],
  outputs: [16, 19, 22],
};

/** Of 11 and 26 alike: their backbones differ in nothing that a classifier keeps. */
export const yolo11Classifier: Body = { table: [...yolo11Backbone, l.c2psa(2, 1024)], outputs: [-1] };

const yolo12Backbone: readonly Layer[] = [
  ...yolo11Backbone.slice(0, 6),
  l.a2c2f(4, 512, 4),
  l.conv(1024, 3, 2),
  l.a2c2f(4, 1024, 1, true, true),
];

export const yolo12: Body = {
  table: [
    ...yolo12Backbone,
    l.upsample(),
    l.concat([-1, 6]),
    l.a2c2f(2, 512, null),
    l.upsample(),
    l.concat([-1, 4]),
    l.a2c2f(2, 256, null),
    l.conv(256, 3, 2),
    l.concat([-1, 11]),
    l.a2c2f(2, 512, null),
    l.conv(512, 3, 2),
    l.concat([-1, 8]),
    l.c3k2(2, 1024, 'c3k'),
  ],
  outputs: [14, 17, 20],
};

export const yolo12Classifier: Body = { table: yolo12Backbone, outputs: [-1] };

const yolo26Neck: readonly Layer[] = [
  ...yolo11Backbone,
  l.sppf(1024, { hasActivation: false, hasShortcut: true, isOld: false }),
  l.c2psa(2, 1024),
  l.upsample(),
  l.concat([-1, 6]),
  l.c3k2(2, 512, 'c3k'),
  l.upsample(),
  l.concat([-1, 4]),
  l.c3k2(2, 256, 'c3k'),
];

export const yolo26: Body = {
  table: [
    ...yolo26Neck,
    l.conv(256, 3, 2),
    l.concat([-1, 13]),
    l.c3k2(2, 512, 'c3k'),
    l.conv(512, 3, 2),
    l.concat([-1, 10]),
    l.c3k2(1, 1024, 'attention'),
  ],
  outputs: [16, 19, 22],
};

export const yolo26Semantic: Body = { table: yolo26Neck, outputs: [16, 13] };
