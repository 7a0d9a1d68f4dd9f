import { columnById, type ModelColumnId } from '@/components/models/model-columns';
import { csvLine } from '@/lib/core/csv-line';
import type { ModelSummary } from '@/lib/domain/models/schema';

/** The models as a CSV file: numbers unrounded, moments in ISO 8601, empty where nothing is known. */
export function modelsCsv(models: readonly ModelSummary[], columns: readonly ModelColumnId[]): string {
  const chosen = columns.map(columnById);
  const head = csvLine(['Name', 'Id', ...chosen.map(({ label }) => label)]);
  const lines = models.map((model) =>
    csvLine([model.name, model.id, ...chosen.map(({ value }) => String(value(model) ?? ''))]),
  );
  return [head, ...lines].join('');
}
