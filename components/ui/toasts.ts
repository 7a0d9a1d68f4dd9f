import { createStore } from 'zustand/vanilla';

/** Something that happened elsewhere and can be undone for a while. */
export type Toast = {
  readonly id: string;
  readonly text: string;
  readonly actionLabel: string;
  readonly onAction: () => void;
  /** Called when the time to act is over. */
  readonly onExpire: () => void;
};

/** How long a toast stays: long enough to read it and to reach its button by keyboard. */
const lifeMilliseconds = 8000;

let shown = 0;

export const toastStore = createStore<readonly Toast[]>(() => []);

/** Shows a toast; gives back what takes it away without either of its outcomes. */
export function showToast(toast: Omit<Toast, 'id'>): () => void {
  const id = `toast-${++shown}`;
  const remove = () => toastStore.setState((toasts) => toasts.filter((other) => other.id !== id), true);
  const timer = setTimeout(() => {
    remove();
    toast.onExpire();
  }, lifeMilliseconds);
  const dismiss = () => {
    clearTimeout(timer);
    remove();
  };
  const onAction = () => {
    dismiss();
    toast.onAction();
  };
  toastStore.setState((toasts) => [...toasts, { ...toast, id, onAction }], true);
  return dismiss;
}
