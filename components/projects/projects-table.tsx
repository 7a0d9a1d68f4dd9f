'use client';

import Link from 'next/link';
import { projectPath } from '@/components/models/model-path';
import { VisibilityChip } from '@/components/projects/visibility-badge';
import { formatBytes } from '@/components/ui/format';
import { RelativeTime } from '@/components/ui/relative-time';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import type { ListProjectsQuery, Project } from '@/lib/domain/projects/schema';

type ProjectsTableProps = {
  readonly projects: readonly Project[];
  readonly sort: ListProjectsQuery['sort'];
  readonly onSort: (sort: ListProjectsQuery['sort']) => void;
};

/** The same projects as rows. Sorting is the server's, so it holds across pages. */
export function ProjectsTable({ projects, sort, onSort }: ProjectsTableProps) {
  return (
    <Table label="Projects">
      <thead>
        <tr>
          <HeadCell sorted={sort === 'name' ? 'ascending' : 'none'} onSort={() => onSort('name')}>
            Name
          </HeadCell>
          <HeadCell>Visibility</HeadCell>
          <HeadCell align="end">Models</HeadCell>
          <HeadCell align="end">Size</HeadCell>
          <HeadCell sorted={sort === 'updated' ? 'descending' : 'none'} onSort={() => onSort('updated')}>
            Updated
          </HeadCell>
          <HeadCell
            sorted={sort === 'newest' ? 'descending' : sort === 'oldest' ? 'ascending' : 'none'}
            onSort={() => onSort(sort === 'newest' ? 'oldest' : 'newest')}
          >
            Created
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {projects.map((project) => (
          <Row key={project.id}>
            <Cell className="min-w-36 max-w-[420px]">
              <Link
                href={projectPath(project)}
                className="block truncate font-medium text-strong underline-offset-2 hover:underline"
              >
                {project.name}
              </Link>
            </Cell>
            <Cell>
              <VisibilityChip visibility={project.visibility} />
            </Cell>
            <Cell align="end">{project.modelCount}</Cell>
            <Cell align="end" className="whitespace-nowrap">
              {formatBytes(project.sizeBytes)}
            </Cell>
            <Cell>
              <RelativeTime at={project.updatedAt} />
            </Cell>
            <Cell>
              <RelativeTime at={project.createdAt} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
