'use client';

import { PackageOpen } from 'lucide-react';
import { useCallback, useState } from 'react';
import { AddWeightsDialog } from '@/components/catalogue/add-weights-dialog';
import { Button } from '@/components/ui/button';
import type { Project } from '@/lib/domain/projects/schema';

/** Opens the catalogue to add official weights to a project. */
export function CatalogueButton({ project }: { readonly project: Project }) {
  const [isOpen, setIsOpen] = useState(false);
  const close = useCallback(() => setIsOpen(false), []);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <PackageOpen size={14} aria-hidden />
        <span className="max-sm:sr-only">Official weights</span>
      </Button>
      {isOpen && <AddWeightsDialog project={project} onClose={close} />}
    </>
  );
}
