import { flagAttribute } from '@/lib/engines/architecture/module-attributes';
import { buildChild, type ModuleBuilder, onlyInput } from '@/lib/engines/architecture/module-builder';
import { add } from '@/lib/engines/graph/elementwise';

/** cv2(cv1(x)): channels first, then a depthwise convolution with stride 2. */
export const buildScDown: ModuleBuilder = (context, node, inputs) => {
  return buildChild(context, node, 'cv2', buildChild(context, node, 'cv1', onlyInput(context, node, inputs)));
};

/** cv1(x), plus x where `add` is set. */
export const buildCib: ModuleBuilder = (context, node, inputs) => {
  const x = onlyInput(context, node, inputs);
  const y = buildChild(context, node, 'cv1', x);
  return flagAttribute(node, 'add', false) ? add(context.graph, x, y) : y;
};
