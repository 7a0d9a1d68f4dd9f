import { invalidateRuns } from '@/components/test/session/image-transitions';
import {
  justBeingRead,
  type ModelContent,
  type ModelEntry,
  type ReadingModel,
  type ReadyModel,
  readingOf,
  runnableModel,
  type TestState,
} from '@/components/test/session/test-state';
import type { StoredModel } from '@/lib/browser/model-shelf';
import type { OpenModelReply, OpenProgress } from '@/lib/browser/vision-protocol';
import type { PlainFault } from '@/lib/core/fault';

/** Lists remembered models below what is in the panel already; those open now are left as they are. */
export function adoptStored(state: TestState, stored: readonly StoredModel[]): TestState {
  const known = new Set(state.models.map(modelIdOf));
  const adopted = stored
    .filter(({ id }) => !known.has(id))
    .map(({ id, name, sizeBytes, readingIndex }): ModelEntry => {
      return { key: `stored-${id}`, name, sizeBytes, content: { status: 'stored', modelId: id, readingIndex } };
    });
  return adopted.length === 0 ? state : { ...state, models: [...state.models, ...adopted] };
}

export function addModel(state: TestState, key: string, name: string, sizeBytes: number): TestState {
  return { ...state, models: [...state.models, { key, name, sizeBytes, content: justBeingRead }] };
}

/** Notes how large a file turned out to be. */
export function sizeModel(state: TestState, key: string, sizeBytes: number): TestState {
  return { ...state, models: state.models.map((model) => (model.key === key ? { ...model, sizeBytes } : model)) };
}

/** Notes what was found in a checkpoint, or where its conversion stands. */
export function hearOpening(state: TestState, key: string, told: OpenProgress): TestState {
  const content = state.models.find((model) => model.key === key)?.content;
  if (content?.status !== 'reading') return state;
  const next = told.kind === 'inspected' ? { report: told.report } : { progress: told.progress };
  return mapModel(state, key, { ...content, ...next });
}

/**
 * Records what a file turned out to be. The same file dropped again takes the place of the entry it repeats. The model is used
 * at once when none is in use, or when the person just added it (`activate`).
 */
export function openedModel(
  state: TestState,
  key: string,
  file: Blob,
  opened: OpenModelReply,
  rememberedReading: number | null,
  activate: boolean,
): TestState {
  const repeated = state.models.find((model) => model.key !== key && modelIdOf(model) === opened.modelId);
  const picked = rememberedReading ?? pickedReading(repeated);
  const isRemembered = picked !== null && picked in opened.identity.readings;
  const content: ReadyModel = {
    status: 'ready',
    modelId: opened.modelId,
    file,
    report: reportOf(state, key),
    conversion: opened.conversion,
    identity: opened.identity,
    readingIndex: isRemembered ? picked : 0,
    settled: opened.identity.readings.length === 1 || isRemembered,
    fault: null,
  };
  const models = state.models
    .filter((model) => model !== repeated)
    .map((model) => (model.key === key ? { ...model, content } : model));
  const inUse = state.activeModelKey === repeated?.key ? null : state.activeModelKey;
  const next = { ...state, models, activeModelKey: inUse };
  return inUse === null || activate ? { ...next, activeModelKey: key, ...forgetClasses(next, key) } : next;
}

export function refuseModel(state: TestState, key: string, fault: PlainFault): TestState {
  return mapModel(state, key, { status: 'refused', fault, report: reportOf(state, key) });
}

function reportOf(state: TestState, key: string): ReadingModel['report'] {
  const content = state.models.find((model) => model.key === key)?.content;
  return content?.status === 'reading' ? content.report : null;
}

/** Uses a model for the images. Choices about classes belong to the names they were made for, so other names drop them. */
export function activateModel(state: TestState, key: string): TestState {
  if (state.activeModelKey === key || !state.models.some((model) => model.key === key)) return state;
  const compareModelKey = state.compareModelKey === key ? state.activeModelKey : state.compareModelKey;
  return { ...state, activeModelKey: key, compareModelKey, ...forgetClasses(state, key) };
}

/** Takes a model away. The next one that can run takes over. */
export function removeModel(state: TestState, key: string): TestState {
  const models = state.models.filter((model) => model.key !== key);
  const compareModelKey = state.compareModelKey === key ? null : state.compareModelKey;
  if (state.activeModelKey !== key) return { ...state, models, compareModelKey };
  const heir = models.find((model) => model.content.status === 'ready')?.key ?? null;
  const next = { ...state, models, activeModelKey: heir };
  return { ...next, compareModelKey: compareModelKey === heir ? null : compareModelKey, ...forgetClasses(state, heir) };
}

export function restoreModel(state: TestState, model: ModelEntry, index: number): TestState {
  if (state.models.some((other) => other.key === model.key)) return state;
  const activeModelKey = state.activeModelKey ?? (model.content.status === 'ready' ? model.key : null);
  return { ...state, models: state.models.toSpliced(index, 0, model), activeModelKey };
}

/** Settles how a model's outputs are read. */
export function pickReading(state: TestState, key: string, readingIndex: number): TestState {
  const model = state.models.find((candidate) => candidate.key === key);
  if (model?.content.status !== 'ready' || !model.content.identity.readings[readingIndex]) return state;
  const next = mapModel(state, key, { ...model.content, readingIndex, settled: true, fault: null });
  return key === state.activeModelKey ? { ...next, ...noClassChoices(next) } : next;
}

/** Puts a fault at the model that caused it; nothing more is run with it until the person tries again. */
export function blameModel(state: TestState, key: string, fault: PlainFault, now: number): TestState {
  const model = state.models.find((candidate) => candidate.key === key);
  if (model?.content.status !== 'ready') return state;
  const next = mapModel(state, key, { ...model.content, fault });
  return key === state.activeModelKey ? invalidateRuns(next, () => false, now) : next;
}

/** Lets models that failed while running try again: after another input size, another backend, or by wish. */
export function forgiveModels(state: TestState): TestState {
  const models = state.models.map((model) =>
    model.content.status === 'ready' && model.content.fault
      ? { ...model, content: { ...model.content, fault: null } }
      : model,
  );
  return { ...state, models };
}

export function mapModel(state: TestState, key: string, content: ModelContent): TestState {
  return { ...state, models: state.models.map((model) => (model.key === key ? { ...model, content } : model)) };
}

export function modelIdOf({ content }: ModelEntry): string | null {
  return content.status === 'ready' || content.status === 'stored' ? content.modelId : null;
}

/** The reading a person picked for this file before. */
function pickedReading(model: ModelEntry | undefined): number | null {
  const content = model?.content;
  if (content?.status === 'stored') return content.readingIndex;
  return content?.status === 'ready' && content.settled ? content.readingIndex : null;
}

function forgetClasses(state: TestState, nextKey: string | null): Partial<TestState> {
  const before = runnableModel(state, state.activeModelKey);
  const after = runnableModel(state, nextKey);
  const sameNames =
    before !== null &&
    after !== null &&
    JSON.stringify(readingOf(before).spec.names) === JSON.stringify(readingOf(after).spec.names);
  return sameNames ? {} : noClassChoices(state);
}

function noClassChoices(state: TestState): Pick<TestState, 'thresholds' | 'hiddenClasses' | 'classColours'> {
  return { thresholds: { ...state.thresholds, classes: null }, hiddenClasses: new Set(), classColours: new Map() };
}
