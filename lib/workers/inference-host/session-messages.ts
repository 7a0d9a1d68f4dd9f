import type { PlainFault } from '@/lib/core/fault';
import type { ModelFacts } from '@/lib/engines/model-files/model-facts';
import type { HostTensor } from '@/lib/engines/vision/session';

/** To the session's thread: `open` once, then runs. Each is answered once, in order. */
export type ThreadRequest =
  | { readonly kind: 'open'; readonly model: Uint8Array; readonly facts: ModelFacts; readonly threads: number }
  | { readonly kind: 'run'; readonly feeds: Readonly<Record<string, HostTensor>> };

export type ThreadReply =
  | { readonly kind: 'opened' }
  | { readonly kind: 'ran'; readonly outputs: Readonly<Record<string, HostTensor>>; readonly milliseconds: number }
  | { readonly kind: 'fault'; readonly fault: PlainFault };
