/**
 * Raised whenever the same checkpoint, with the same options, would become another graph: what was made by an earlier version is
 * then made anew instead of taken from where it is kept.
 */
export const converterVersion = 1;
