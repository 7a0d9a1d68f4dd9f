import { activationGradients } from '@/lib/engines/training/gradients/activations';
import { arithmeticGradients } from '@/lib/engines/training/gradients/arithmetic';
import { arrangementGradients } from '@/lib/engines/training/gradients/arrangements';
import { averagePoolGradients } from '@/lib/engines/training/gradients/average-pools';
import { convolutionGradients } from '@/lib/engines/training/gradients/convolutions';
import { functionGradients } from '@/lib/engines/training/gradients/functions';
import type { GradientRule, GradientRules } from '@/lib/engines/training/gradients/gradient-rule';
import { matrixGradients } from '@/lib/engines/training/gradients/matrix-products';
import { maxPoolGradients } from '@/lib/engines/training/gradients/max-pools';
import { reductionGradients } from '@/lib/engines/training/gradients/reductions';
import { resizeGradients } from '@/lib/engines/training/gradients/resizes';
import { selectionGradients } from '@/lib/engines/training/gradients/selections';
import { sliceGradients } from '@/lib/engines/training/gradients/slices';
import { batchNormGradients } from '@/lib/engines/training/gradients/training-batch-norm';

const rules: GradientRules = {
  ...activationGradients,
  ...arithmeticGradients,
  ...arrangementGradients,
  ...averagePoolGradients,
  ...batchNormGradients,
  ...convolutionGradients,
  ...functionGradients,
  ...matrixGradients,
  ...maxPoolGradients,
  ...reductionGradients,
  ...resizeGradients,
  ...selectionGradients,
  ...sliceGradients,
};

/** The rule of every operator that can be differentiated, by its name in the graph. */
export const gradientRules: ReadonlyMap<string, GradientRule> = new Map(Object.entries(rules));

/** Operators whose result changes in steps: floating-point numbers, but no way back leads through them. */
export const stepwiseOperators: ReadonlySet<string> = new Set(['Ceil', 'Floor', 'Round', 'Sign']);
