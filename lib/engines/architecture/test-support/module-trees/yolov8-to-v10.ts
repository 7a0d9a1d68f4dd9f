import type { Body, Layer } from '@/lib/engines/architecture/test-support/module-trees/layer';
import { layers as l } from '@/lib/engines/architecture/test-support/module-trees/layers';

const newSppf = { hasActivation: false, hasShortcut: false, isOld: false };
const oldSppf = { hasActivation: true, hasShortcut: false, isOld: true };

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
    l.c2f(3, 512, false),
    l.scDown(512),
    l.concat([-1, 10]),
    l.c2fCib(3, 1024),
  ],
  outputs: [16, 19, 22],
};
