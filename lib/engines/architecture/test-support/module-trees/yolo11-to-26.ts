import type { Body, Layer } from '@/lib/engines/architecture/test-support/module-trees/layer';
import { layers as l } from '@/lib/engines/architecture/test-support/module-trees/layers';

const oldSppf = { hasActivation: true, hasShortcut: false, isOld: true };

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
  l.a2c2f(4, 1024, 1, { isOld: true }),
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
