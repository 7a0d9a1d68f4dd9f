import { Fault } from '@/lib/core/fault';
import type { Dialect, DialectName } from '@/lib/engines/vision/dialects/dialect';
import { hubDialect } from '@/lib/engines/vision/dialects/hub';
import { hubLegacyDialect } from '@/lib/engines/vision/dialects/hub-legacy';
import { huggingfaceDialect } from '@/lib/engines/vision/dialects/huggingface';
import { kserveDialect } from '@/lib/engines/vision/dialects/kserve';
import { platformDialect } from '@/lib/engines/vision/dialects/platform';
import { platformImagesDialect } from '@/lib/engines/vision/dialects/platform-images';
import { roboflowDialect } from '@/lib/engines/vision/dialects/roboflow';
import { supervisionDialect } from '@/lib/engines/vision/dialects/supervision';
import { ultralyticsDialect } from '@/lib/engines/vision/dialects/ultralytics';
import { yoloJsDialect } from '@/lib/engines/vision/dialects/yolo-js';
import { yololabelDialect } from '@/lib/engines/vision/dialects/yololabel';

/** Every dialect by its name, the default first. */
export const dialects: Readonly<Record<DialectName, Dialect>> = {
  ultralytics: ultralyticsDialect,
  platform: platformDialect,
  'platform-images': platformImagesDialect,
  hub: hubDialect,
  'hub-legacy': hubLegacyDialect,
  yololabel: yololabelDialect,
  'yolo-js': yoloJsDialect,
  roboflow: roboflowDialect,
  huggingface: huggingfaceDialect,
  kserve: kserveDialect,
  supervision: supervisionDialect,
};

/** The dialect of that name, or a `Fault` that lists the names. */
export function findDialect(name: string): Dialect {
  const found = Object.values(dialects).find((dialect) => dialect.name === name);
  if (found) return found;
  throw new Fault({
    code: 'input-invalid',
    found: `There is no output format named “${name}”.`,
    remedy: `Choose one of ${Object.keys(dialects).join(', ')}.`,
  });
}
