/** What the demo world knows, as the field names it. */
export type SceneClass =
  | 'person'
  | 'bicycle'
  | 'car'
  | 'bus'
  | 'truck'
  | 'dog'
  | 'traffic light'
  | 'ball'
  | 'plane'
  | 'ship'
  | 'small vehicle'
  | 'large vehicle';

export const sceneTasks = ['detect', 'segment', 'pose', 'obb', 'classify'] as const;

export type SceneTask = (typeof sceneTasks)[number];

const streetClasses = ['person', 'bicycle', 'car', 'bus', 'truck', 'dog', 'traffic light', 'ball'] as const;

/** Names of each task's classes; the index of a name is its class id. Those of classification are in order, as folders are. */
export const classesOf: Readonly<Record<SceneTask, readonly SceneClass[]>> = {
  detect: streetClasses,
  segment: streetClasses,
  pose: ['person'],
  obb: ['plane', 'ship', 'small vehicle', 'large vehicle'],
  classify: ['ball', 'bicycle', 'bus', 'car', 'dog', 'person', 'plane', 'ship', 'traffic light', 'truck'],
};

/** COCO's keypoints, and which one each becomes in the mirror. */
export const personKeypoints = {
  names: [
    'nose',
    'left_eye',
    'right_eye',
    'left_ear',
    'right_ear',
    'left_shoulder',
    'right_shoulder',
    'left_elbow',
    'right_elbow',
    'left_wrist',
    'right_wrist',
    'left_hip',
    'right_hip',
    'left_knee',
    'right_knee',
    'left_ankle',
    'right_ankle',
  ],
  flipIndices: [0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15],
} as const;
