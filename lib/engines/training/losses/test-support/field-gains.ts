import type { LossGains } from '@/lib/engines/training/losses/loss-parts';

/** The field's default gains. */
export const fieldGains: LossGains = { box: 7.5, cls: 0.5, dfl: 1.5, pose: 12, kobj: 1 };
