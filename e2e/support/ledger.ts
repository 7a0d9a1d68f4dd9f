export type Kind = 'project' | 'model';

/** What can be seen of a thing. The file of a project is null. */
export type Truth = {
  readonly place: 'live' | 'trash' | 'gone';
  readonly description: string;
  readonly sha256: string | null;
};

/** A project or a model, as far as the server has acknowledged it. */
export type Thing = {
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  readonly projectId: string | null;
  truth: Truth;
  /** What its activity must be: one word a change. */
  readonly actions: string[];
  /** A change that was sent but not answered: it happened whole, activity and all, or not at all. */
  open: { readonly truth: Truth; readonly action: string } | null;
};

/** A thing whose creation was not answered. Its name is nobody else's. */
export type OpenCreation = Pick<Thing, 'kind' | 'name' | 'projectId' | 'truth'> & { readonly action: string };

/** A file that is sent in pieces. */
export type Upload = {
  readonly id: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
  /** Bytes that the server has said are safe. */
  offset: number;
  /** What it was to become, while that is not answered: a model of that name, or the file of a model. */
  use: { readonly newName: string } | { readonly modelId: string } | null;
};

/** Every change that the clients sent, and what was said to it. */
export class Ledger {
  readonly things = new Map<string, Thing>();
  readonly openCreations: OpenCreation[] = [];
  readonly uploads = new Set<Upload>();
  /** Models by id, with the hash of the file that was seen to predict. */
  readonly predicted = new Map<string, string | null>();
  /** Answers that should not have been given. */
  readonly faults: string[] = [];
  acknowledgedJobs = 0;
  #acknowledged = 0;
  #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** Counts a change that was acknowledged. */
  acknowledge(): void {
    this.#acknowledged += 1;
    const due = this.#waiting.filter(({ count }) => count <= this.#acknowledged);
    this.#waiting = this.#waiting.filter(({ count }) => count > this.#acknowledged);
    for (const { resolve } of due) resolve();
  }

  /** Resolves when so many more changes have been acknowledged. */
  further(count: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ count: this.#acknowledged + count, resolve }));
  }

  add(thing: Omit<Thing, 'actions' | 'open'>, action: string): Thing {
    const added = { ...thing, actions: [action], open: null };
    this.things.set(added.id, added);
    return added;
  }
}
