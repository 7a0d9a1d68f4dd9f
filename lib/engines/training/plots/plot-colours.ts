/**
 * Colours that people who see no red or no green tell apart (M. Okabe, K. Ito, Color Universal Design, 2008); its yellow, which
 * white swallows, is left out.
 */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#555555'] as const;

/** The colour of the n-th of several things in one plot; they repeat after seven. */
export function plotColour(index: number): string {
  return colours[index % colours.length];
}

/** How many things have a colour of their own. */
export const distinctColours = colours.length;
