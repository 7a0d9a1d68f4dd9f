import { columnById, modelColumns } from '@/components/models/model-columns';
import type { Model } from '@/lib/domain/models/schema';

/** As many models as stand side by side on a desk. */
export const maximumCompared = 6;

/** One fact of several models, in the order of the models. */
export type ComparedFact = {
  readonly label: string;
  readonly group: 'facts' | 'classes' | 'metadata';
  readonly texts: readonly string[];
  readonly differs: boolean;
};

/** Facts of every model, however alike, that tell nothing about how it predicts. */
const left: ReadonlySet<string> = new Set(['updated', 'created', 'visibility']);

/** Everything that can be compared: facts first, then class names, then what the files' own metadata says. */
export function compareModels(models: readonly Model[]): ComparedFact[] {
  return [
    ...modelColumns
      .filter(({ id }) => !left.has(id))
      .map(({ id, label }) => fact('facts', label, models.map(columnById(id).text))),
    fact(
      'facts',
      'Opset',
      models.map(({ metadata }) => String(metadata?.opset ?? '–')),
    ),
    fact(
      'facts',
      'Stride',
      models.map(({ metadata }) => wordsOfStride(metadata?.stride ?? null)),
    ),
    fact(
      'facts',
      'NMS in the network',
      models.map(({ metadata }) => wordsOfFlag(metadata?.endToEnd ?? null)),
    ),
    fact('classes', 'Classes only here', classesOnlyHere(models)),
    ...propertiesOf(models),
  ];
}

function propertiesOf(models: readonly Model[]): ComparedFact[] {
  const keys = new Set(models.flatMap(({ metadata }) => Object.keys(metadata?.properties ?? {})));
  // Class names have a row of their own.
  keys.delete('names');
  return [...keys].sort().map((key) => {
    const texts = models.map(({ metadata }) => ownText(metadata?.properties ?? {}, key));
    return fact('metadata', key, texts);
  });
}

/** Keys come from foreign files, so only own properties count. */
function ownText(properties: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(properties, key) ? properties[key] : '–';
}

function classesOnlyHere(models: readonly Model[]): string[] {
  const nameSets = models.map(({ metadata }) => new Set(metadata?.names ?? []));
  return nameSets.map((names, index) => {
    const others = nameSets.filter((_, other) => other !== index);
    const own = [...names].filter((name) => !others.every((set) => set.has(name)));
    return own.length === 0 ? 'none' : own.join(', ');
  });
}

function wordsOfStride(stride: number | null): string {
  return stride === null ? '–' : `${stride} px`;
}

function wordsOfFlag(flag: boolean | null): string {
  return flag === null ? '–' : flag ? 'yes' : 'no';
}

function fact(group: ComparedFact['group'], label: string, texts: readonly string[]): ComparedFact {
  return { group, label, texts, differs: texts.some((text) => text !== texts[0]) };
}
