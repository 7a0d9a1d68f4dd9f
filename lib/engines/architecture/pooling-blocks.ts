import { countAttribute, flagAttribute } from '@/lib/engines/architecture/module-attributes';
import { buildChild, type ModuleBuilder, onlyInput } from '@/lib/engines/architecture/module-builder';
import { concat } from '@/lib/engines/graph/arrangement';
import { add } from '@/lib/engines/graph/elementwise';

/** More poolings in a row than any network has; a larger number comes from a damaged file. */
const maxPoolings = 16;

/** cv1(x) and `n` poolings of it, each of the one before, joined by cv2; plus x where `add` is set. */
export const buildSppf: ModuleBuilder = (context, node, inputs) => {
  const x = onlyInput(context, node, inputs);
  const pieces = [buildChild(context, node, 'cv1', x)];
  // Files from before 8.4 have neither attribute.
  const count = Math.min(countAttribute(context, node, 'n', { fallback: 3, least: 0 }), maxPoolings);
  for (let index = 0; index < count; index++) {
    pieces.push(buildChild(context, node, 'm', pieces[pieces.length - 1]));
  }
  const y = buildChild(context, node, 'cv2', concat(context.graph, pieces, 1));
  return flagAttribute(node, 'add', false) ? add(context.graph, y, x) : y;
};

/** cv1(x) and three poolings of it, each of the one before, joined by cv5. */
export const buildSppElan: ModuleBuilder = (context, node, inputs) => {
  const pieces = [buildChild(context, node, 'cv1', onlyInput(context, node, inputs))];
  for (const name of ['cv2', 'cv3', 'cv4']) pieces.push(buildChild(context, node, name, pieces[pieces.length - 1]));
  return buildChild(context, node, 'cv5', concat(context.graph, pieces, 1));
};
