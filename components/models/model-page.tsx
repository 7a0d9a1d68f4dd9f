'use client';

import dynamic from 'next/dynamic';
import { usePathname, useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { ModelHeader } from '@/components/models/model-header';
import { ModelOverview } from '@/components/models/model-overview';
import { type ModelTab, modelPath, projectPath } from '@/components/models/model-path';
import { useModel } from '@/components/models/use-model';
import { LinkTabs } from '@/components/ui/link-tabs';
import { PageBody } from '@/components/ui/page-body';
import { SkeletonRows } from '@/components/ui/skeleton-rows';
import type { Model } from '@/lib/domain/models/schema';

// Each tab brings much code that the others do not need.
const ModelTest = dynamic(() => import('@/components/models/model-test').then(({ ModelTest }) => ModelTest), {
  ssr: false,
  loading: () => <TabSkeleton label="Opening the test" />,
});
const ModelApi = dynamic(() => import('@/components/models/api/model-api').then(({ ModelApi }) => ModelApi), {
  loading: () => <TabSkeleton label="Opening the API tab" />,
});

const tabs = [
  { id: 'overview', label: 'Overview' },
  { id: 'test', label: 'Test' },
  { id: 'api', label: 'API' },
] as const;

/** One model: what it is, what it sees, and how programs call it. The tab is in the address. */
export function ModelPage({ initial }: { readonly initial: Model }) {
  const { model, change } = useModel(initial);
  const path = usePathname();
  const tab = tabFrom(useSearchParams().get('tab'));
  // The path may still have an older slug of the project; tabs stay on the page that is open.
  const links = tabs.map(({ id, label }) => ({ id, label, href: id === 'overview' ? path : `${path}?tab=${id}` }));

  function head(actions: ReactNode): ReactNode {
    return (
      <>
        <ModelHeader
          model={model}
          change={change}
          leaveTo={projectPath({ owner: model.owner, slug: model.projectSlug })}
          titleBelow={tab === 'overview'}
        >
          {actions}
        </ModelHeader>
        <LinkTabs label="Parts of this model" tabs={links} selected={tab} />
      </>
    );
  }

  switch (tab) {
    case 'overview':
      return (
        <>
          {head(null)}
          <ModelOverview model={model} change={change} testHref={modelPath(model, 'test')} />
        </>
      );
    case 'test':
      return <ModelTest model={model} head={head} />;
    case 'api':
      return (
        <>
          {head(null)}
          <ModelApi model={model} />
        </>
      );
  }
}

function tabFrom(word: string | null): ModelTab {
  return tabs.find(({ id }) => id === word)?.id ?? 'overview';
}

function TabSkeleton({ label }: { readonly label: string }) {
  return (
    <PageBody>
      <SkeletonRows count={4} height={72} label={label} />
    </PageBody>
  );
}
