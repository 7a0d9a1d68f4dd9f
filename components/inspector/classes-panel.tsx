'use client';

import { useMemo } from 'react';
import { NamedValues } from '@/components/inspector/named-values';

/** Every class by its number. */
export function ClassesPanel({ names }: { readonly names: Readonly<Record<string, string>> }) {
  const rows = useMemo(() => Object.entries(names).map(([name, value]) => ({ name, value })), [names]);
  return <NamedValues what="classes" rows={rows} />;
}
