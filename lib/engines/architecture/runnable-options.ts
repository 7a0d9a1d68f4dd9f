import type { ConvertOptions } from '@/lib/engines/architecture/convert-options';

/**
 * How a checkpoint is converted to be run here, the same everywhere: with an open size, so that images are laid out as the package
 * lays them out for a `.pt` (padded to the stride only, which also is less to compute), and any image size can be asked for.
 */
export const runnableOptions: ConvertOptions = { dynamic: true };
