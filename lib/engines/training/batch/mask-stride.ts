/** Pixels of an image for each cell of its masks, along each axis: those of the prototypes. */
export const maskStride = 4;
