import { callApi } from './api';
import { foundClasses, pictureToPredict, sha256Of } from './busy-client';
import type { Kind, Ledger, OpenCreation, Thing, Truth } from './ledger';

/** A thing as the lists show it; of one in the trash only the name is seen. */
type Seen = { readonly kind: Kind; readonly id: string; readonly name: string; readonly truth: Truth };

type Sight = { readonly things: ReadonlyMap<string, Seen>; readonly actions: ReadonlyMap<string, readonly string[]> };

// biome-ignore lint/suspicious/noExplicitAny: as in ApiReply.
type Row = any;

/**
 * Compares the server with the ledger while nobody works: everything acknowledged is there, whole and with its activity; what
 * was left open happened entirely or not at all, and the ledger learns which. Returns what is wrong, and what was found made.
 */
export async function checkLedger(server: string, ledger: Ledger): Promise<{ faults: string[]; found: Thing[] }> {
  const sight = await look(server);
  const found = [...settleCreations(ledger, sight)];
  const faults = ledger.faults.splice(0);
  for (const thing of ledger.things.values()) faults.push(...settle(thing, sight, ledger));
  for (const { id, kind, name } of sight.things.values()) {
    if (!ledger.things.has(id)) faults.push(`the ${kind} ${name} was made by nobody`);
  }
  for (const [id, actions] of sight.actions) {
    const expected = [...(ledger.things.get(id)?.actions ?? [])].sort().join();
    const actual = [...actions].sort().join();
    if (actual !== expected) faults.push(`activity of ${id} is ${actual}, not ${expected}`);
  }
  for (const { id } of ledger.things.values()) {
    if (!sight.actions.has(id)) faults.push(`${id} has no activity`);
  }
  faults.push(...(await checkUploads(server, ledger)));
  return { faults, found };
}

/**
 * Downloads every model that is to be seen, and lets those predict that have a new file, as many as `predictions` says.
 * Returns what is wrong.
 */
export async function checkFiles(
  server: string,
  { things, predicted }: Ledger,
  predictions: number,
): Promise<string[]> {
  const faults: string[] = [];
  let left = predictions;
  for (const { id, kind, projectId, truth } of things.values()) {
    const project = things.get(projectId ?? '');
    if (kind !== 'model' || truth.place !== 'live' || project?.truth.place !== 'live') continue;
    const files = await callApi('GET', `/api/models/${id}/files`, { server });
    if (files.status !== 200) {
      faults.push(`the files of ${id} were answered ${files.status}`);
      continue;
    }
    const file = await fetch(files.body.data[0].url);
    if (!file.ok) faults.push(`the file of ${id} was answered ${file.status}`);
    const sha256 = sha256Of(new Uint8Array(await file.arrayBuffer()));
    if (sha256 !== truth.sha256) faults.push(`the file of ${id} has ${sha256}, not ${truth.sha256}`);
    if (left === 0 || predicted.get(id) === sha256) continue;
    left -= 1;
    predicted.set(id, sha256);
    const picture = await pictureToPredict();
    const { status, body } = await callApi('POST', `/api/models/${id}/predict`, { ...picture, server });
    if (status !== 200 || foundClasses(body) !== 'red,blue') {
      faults.push(`${id} predicted ${status} ${JSON.stringify(body)}`);
    }
  }
  return faults;
}

async function look(server: string): Promise<Sight> {
  const things = new Map<string, Seen>();
  for (const { id, name, description } of await allOf(server, '/api/projects')) {
    things.set(id, { kind: 'project', id, name, truth: { place: 'live', description, sha256: null } });
  }
  for (const { id, name, description, status, file } of await allOf(server, '/api/models')) {
    // A model without a file, or one that cannot predict, is half made: no truth of ours has such a hash.
    const sha256 = status === 'ready' && file !== null ? file.sha256 : `none: ${status}`;
    things.set(id, { kind: 'model', id, name, truth: { place: 'live', description, sha256 } });
  }
  for (const { id, name, type: kind } of await allOf(server, '/api/trash')) {
    things.set(id, { kind, id, name, truth: { place: 'trash', description: '', sha256: null } });
  }
  const actions = new Map<string, string[]>();
  for (const { resourceId, resourceType, action } of await allOf(server, '/api/activity')) {
    if (resourceType !== 'project' && resourceType !== 'model') continue;
    actions.set(resourceId, [...(actions.get(resourceId) ?? []), action]);
  }
  return { things, actions };
}

async function allOf(server: string, path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let page = 1; ; page += 1) {
    const { status, body } = await callApi('GET', `${path}?limit=100&page=${page}`, { server });
    if (status !== 200) throw new Error(`${path} was answered ${status}: ${JSON.stringify(body)}`);
    rows.push(...body.data);
    if (body.data.length < 100) return rows;
  }
}

/** Creations that were not answered: the ones that happened become things, the others are forgotten. */
function* settleCreations(ledger: Ledger, { things }: Sight): Generator<Thing> {
  for (const creation of ledger.openCreations.splice(0)) {
    const { action, ...made } = creation;
    for (const { id, kind, name } of things.values()) {
      if (kind === made.kind && name === made.name) yield ledger.add({ ...made, id }, action);
    }
    settleUse(ledger, creation);
  }
}

/** An upload that became a model, or did not. */
function settleUse(ledger: Ledger, { name }: OpenCreation): void {
  const isMade = [...ledger.things.values()].some((thing) => thing.name === name);
  for (const upload of ledger.uploads) {
    if (upload.use !== null && 'newName' in upload.use && upload.use.newName === name && !isMade) upload.use = null;
  }
}

function settle(thing: Thing, { things }: Sight, ledger: Ledger): string[] {
  const project = thing.projectId === null ? undefined : ledger.things.get(thing.projectId);
  // Models of a project in the trash are not listed; they are looked at when it has come back.
  if (project?.truth.place === 'trash' && thing.truth.place === 'live' && thing.open === null) return [];
  const seen = things.get(thing.id)?.truth ?? { place: 'gone', description: '', sha256: null };
  const { open } = thing;
  thing.open = null;
  if (open !== null && isSame(seen, open.truth)) {
    thing.truth = open.truth;
    thing.actions.push(open.action);
    return [];
  }
  for (const upload of ledger.uploads) {
    if (upload.use !== null && 'modelId' in upload.use && upload.use.modelId === thing.id) upload.use = null;
  }
  if (isSame(seen, thing.truth)) return [];
  return [`${thing.id} is ${JSON.stringify(seen)}, not ${JSON.stringify(thing.truth)}`];
}

/** In the trash and beyond, only that is seen. */
function isSame(seen: Truth, truth: Truth): boolean {
  if (seen.place !== truth.place) return false;
  return seen.place !== 'live' || (seen.description === truth.description && seen.sha256 === truth.sha256);
}

/** Every safe byte of an open upload counts; one that became something is gone. */
async function checkUploads(server: string, ledger: Ledger): Promise<string[]> {
  const faults: string[] = [];
  for (const upload of ledger.uploads) {
    const { id, offset, bytes, use } = upload;
    const { status, body } = await callApi('GET', `/api/uploads/${id}`, { server });
    if (use !== null) {
      ledger.uploads.delete(upload);
      if (status !== 404) faults.push(`upload ${id} became something and is still answered ${status}`);
      continue;
    }
    const actual = status === 200 ? body.data.offset : `answered ${status}`;
    if (!(actual >= offset && actual <= bytes.byteLength)) {
      faults.push(`upload ${id} is ${actual}, with ${offset} of ${bytes.byteLength} safe bytes`);
    }
  }
  return faults;
}
