import { familyCheckpoint, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { createSightlineCheckpoint } from '@/lib/engines/training/network/sightline/create-sightline-checkpoint';

export type NetworkName = 'sightline-n' | 'yolov8n';

/** YOLOv8n has 3.0 million parameters with few classes. */
const nano = { width: 0.25, depth: 0.33, headWidth: 64 };

/** A detector that has learnt nothing yet. */
export function benchNetwork(name: NetworkName, classCount: number, imgsz: number): Checkpoint {
  if (name === 'yolov8n') return familyCheckpoint(familyNamed('yolov8n'), { ...nano, classCount });
  const names = Array.from({ length: classCount }, (_, index) => `class ${index}`);
  return createSightlineCheckpoint({ size: 'n', task: 'detect', names, seed: 1, imgsz });
}
