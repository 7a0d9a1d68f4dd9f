'use client';

import Link from 'next/link';
import { projectPath } from '@/components/models/model-path';
import { ProjectMark } from '@/components/projects/project-mark';
import { VisibilityChip } from '@/components/projects/visibility-badge';
import { formatBytes } from '@/components/ui/format';
import { RelativeTime } from '@/components/ui/relative-time';
import type { Project } from '@/lib/domain/projects/schema';

/** A project at a glance; the whole card leads to it. */
export function ProjectCard({ project }: { readonly project: Project }) {
  const { name, description, visibility, modelCount, sizeBytes, updatedAt } = project;
  return (
    <article className="relative grid min-w-0 content-start gap-3 rounded-panel border bg-raised p-4 transition-colors hover:border-line-strong">
      <div className="flex min-w-0 items-center gap-2.5">
        <ProjectMark project={project} />
        <h2 className="min-w-0 flex-1 truncate font-semibold text-md text-strong">
          <Link href={projectPath(project)} className="after:absolute after:inset-0 after:rounded-panel">
            {name}
          </Link>
        </h2>
        <VisibilityChip visibility={visibility} />
      </div>
      <p className="line-clamp-2 min-h-9 text-muted">{description || 'No description'}</p>
      <p className="flex flex-wrap items-center gap-x-1.5 text-muted text-xs">
        <span className="text-body">{modelCount === 1 ? '1 model' : `${modelCount} models`}</span>
        <span aria-hidden>·</span>
        <span>{formatBytes(sizeBytes)}</span>
        <span aria-hidden>·</span>
        <span className="relative z-10">
          <RelativeTime at={updatedAt} />
        </span>
      </p>
    </article>
  );
}
