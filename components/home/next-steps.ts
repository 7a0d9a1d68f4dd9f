/** What is known about a workspace when the home page opens. */
export type WorkspaceCounts = {
  readonly projects: number;
  readonly models: number;
  readonly keys: number;
  /** Whether any of its keys was ever used. */
  readonly hasUsedKey: boolean;
};

export type StepId = 'project' | 'model' | 'key' | 'call';

export type NextStep = {
  readonly id: StepId;
  readonly title: string;
  readonly text: string;
  readonly isDone: boolean;
};

/** The way from an empty workspace to a model that programs call, and how far along it one is. */
export function nextSteps({ projects, models, keys, hasUsedKey }: WorkspaceCounts): NextStep[] {
  return [
    {
      id: 'project',
      title: 'Create a project',
      text: 'It holds the models that belong together.',
      isDone: projects > 0,
    },
    {
      id: 'model',
      title: 'Add a model',
      text: 'Drop a YOLO file: what it sees is read from it.',
      isDone: models > 0,
    },
    {
      id: 'key',
      title: 'Create an API key',
      text: 'Programs show it to be let in.',
      isDone: keys > 0,
    },
    {
      id: 'call',
      title: 'Call your model',
      text: 'From a terminal, a script, or an old HUB program.',
      isDone: hasUsedKey,
    },
  ];
}

/** The first step that is not done; null once there is nothing left to show. */
export function currentStep(steps: readonly NextStep[]): StepId | null {
  return steps.find(({ isDone }) => !isDone)?.id ?? null;
}
