import type { Body } from '@/lib/engines/architecture/test-support/module-trees/layer';
import { layers as l } from '@/lib/engines/architecture/test-support/module-trees/layers';

/** No network that anyone published: the modules and forms that only larger scales have, each once, as they stand there. */
export const rareModules: Body = {
  table: [
    l.silence(),
    l.conv(64, 3, 2),
    l.conv(128, 3, 2),
    l.repNcspElan4(256, 128, 64, 2, true),
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
    l.sppElan(512, 128),
    l.a2c2f(2, 512, 4, { hasResidual: true }),
    l.identity(),
    l.aDown(512),
    l.c2fCibPlain(2, 512),
  ],
  outputs: [14, 18, 20],
};
