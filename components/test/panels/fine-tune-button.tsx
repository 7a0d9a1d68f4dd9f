'use client';

import { useRouter } from 'next/navigation';
import { modelStoreOfPage } from '@/components/test/browser-ports';
import type { ReadyModel } from '@/components/test/session/test-state';
import { Button } from '@/components/ui/button';

/** Goes on with a checkpoint on the page that trains, which takes it from this machine's store. */
export function FineTuneButton({ name, model }: { readonly name: string; readonly model: ReadyModel }) {
  const router = useRouter();

  async function goOn(): Promise<void> {
    // A model of a server is not kept here otherwise. Where nothing can be kept, the other page says so.
    const store = await modelStoreOfPage();
    await store.saveModel(model.modelId, model.file, { name }).catch(() => undefined);
    router.push(`/test/train?model=${model.modelId}`);
  }

  return (
    <Button size="small" onClick={() => void goOn()}>
      Fine-tune this model
    </Button>
  );
}
