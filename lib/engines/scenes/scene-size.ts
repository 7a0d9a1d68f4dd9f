/** Width and height of a picture, whole pixels. */
export type SceneSize = { readonly width: number; readonly height: number };

/** Smaller pictures show nothing, larger ones would not fit into memory as they are painted. */
export const sceneSides = { smallest: 64, largest: 4096 } as const;
