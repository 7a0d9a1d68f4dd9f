import type { TestSession } from '@/components/test/session/create-test-session';

/** Ends a comparison, or begins one with the first other model that is not broken; one that is only remembered is opened. */
export function toggleCompare({ store, actions }: TestSession): void {
  const { models, activeModelKey, compareModelKey } = store.getState();
  if (compareModelKey !== null) {
    actions.compareWith(null);
    return;
  }
  const other = models.find(
    ({ key, content }) => key !== activeModelKey && content.status === 'ready' && !content.fault,
  );
  if (other) actions.compareWith(other.key);
}
