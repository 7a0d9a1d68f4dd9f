import { createStore } from 'zustand/vanilla';

/** What lies over the page: at most one of these. */
type Overlay = 'palette' | 'keys' | 'pages';

export const overlayStore = createStore<{ readonly overlay: Overlay | null }>(() => ({ overlay: null }));

/** Opens the command palette, the list of keys, or the pages (on phones); null closes what is open. */
export function showOverlay(overlay: Overlay | null): void {
  overlayStore.setState({ overlay });
}
