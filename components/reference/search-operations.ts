import type { ReferenceOperation } from '@/components/reference/openapi-document';

export type TagGroup = { readonly tag: string; readonly operations: readonly ReferenceOperation[] };

/** What most people look for first; tags that are not named here follow by the alphabet. */
const firstTags = ['Projects', 'Models', 'Uploads', 'Inference', 'HUB inference', 'Activity', 'Trash', 'Storage'];

const methodOrder = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The operations in which every word is found (in path, name, summary, description or tag), by tag, path and method. */
export function groupOperations(operations: readonly ReferenceOperation[], search: string): TagGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = operations.filter((operation) => {
    const text = [
      operation.method,
      operation.path,
      operation.id,
      operation.summary,
      operation.description,
      operation.tag,
    ]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const tags = [...new Set(found.map(({ tag }) => tag))].sort(
    (a, b) => placeOf(firstTags, a) - placeOf(firstTags, b) || a.localeCompare(b, 'en'),
  );
  return tags.map((tag) => ({
    tag,
    operations: found.filter((operation) => operation.tag === tag).sort(byPathAndMethod),
  }));
}

function byPathAndMethod(a: ReferenceOperation, b: ReferenceOperation): number {
  return a.path.localeCompare(b.path, 'en') || placeOf(methodOrder, a.method) - placeOf(methodOrder, b.method);
}

function placeOf(order: readonly string[], word: string): number {
  const place = order.indexOf(word);
  return place === -1 ? order.length : place;
}
