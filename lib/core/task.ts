/** The seven things a YOLO network can be trained to answer. The words are the field's own. */
export const tasks = ['detect', 'segment', 'pose', 'obb', 'classify', 'semantic', 'depth'] as const;

export type Task = (typeof tasks)[number];
