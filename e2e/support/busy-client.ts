import { createHash } from 'node:crypto';
import { ProtobufWriter } from '@/lib/engines/model-files/protobuf-writer';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { type ApiReply, callApi } from './api';
import { redAndBlue } from './drawn-images';
import type { Kind, Ledger, Thing, Truth, Upload } from './ledger';

/** No answer came, or one that says that the server cannot work just now: the change may have happened or not. */
export class Unanswered extends Error {}

type Call = Parameters<typeof callApi>[2];

const maximumProjects = 2;
const maximumModels = 3;

/** `doc_string` of an ONNX model: text that means nothing, to make files differ and to make them long. */
const docStringField = 6;
const shortestText = 1_000;
const longestText = 200_000;

const shortModel = tinyModel();

/** Works through the API like one script among several: only on its own things, one request at a time. */
export class BusyClient {
  readonly #server: string;
  readonly #ledger: Ledger;
  readonly #name: string;
  readonly #random: () => number;
  readonly #things: Thing[] = [];
  readonly #uploads = new Set<string>();
  #number = 0;

  constructor(server: string, ledger: Ledger, name: string, random: () => number) {
    this.#server = server;
    this.#ledger = ledger;
    this.#name = name;
    this.#random = random;
  }

  /** One change, or one prediction, of any kind. Throws `Unanswered`. */
  async step(): Promise<void> {
    const project = this.#pick('project', 'live');
    if (project === undefined) return this.#createProject();
    const model = this.#pick('model', 'live');
    if (model === undefined) return this.#createModel(project);
    const choices = [
      () => this.#createProject(),
      () => this.#addModel(project, model),
      () => this.#addModel(project, model),
      () => this.#continueUpload(project, model),
      () => this.#continueUpload(project, model),
      () => this.#continueUpload(project, model),
      () => this.#predict(model),
      () => this.#describe(this.#chance(0.5) ? project : model),
      () => this.#trash(this.#chance(0.2) ? project : model),
      () => this.#restore(),
      () => this.#deleteForever(),
      () => this.#askForLetter(),
    ];
    await choices[Math.floor(this.#random() * choices.length)]?.();
  }

  /** Takes over what turned out to have been made. */
  adopt(thing: Thing): void {
    if (thing.name.startsWith(`${this.#name} `)) this.#things.push(thing);
  }

  #pick(kind: Kind, place: Truth['place']): Thing | undefined {
    const fitting = this.#workable(kind).filter(({ truth }) => truth.place === place);
    return fitting[Math.floor(this.#random() * fitting.length)];
  }

  /** Things with nothing open in them nor in the project around them, which is not in the trash. */
  #workable(kind: Kind): Thing[] {
    return this.#things.filter((thing) => {
      const project = this.#things.find(({ id }) => id === thing.projectId);
      const isReachable = project === undefined || (project.truth.place === 'live' && project.open === null);
      return thing.kind === kind && thing.truth.place !== 'gone' && isReachable && this.#isSettled(thing);
    });
  }

  /** What is open in a model, or is to be made, is open in its project too. */
  #isSettled({ id, open }: Thing): boolean {
    const isOpenWithin = this.#things.some((other) => other.projectId === id && other.open !== null);
    return open === null && !isOpenWithin && this.#ledger.openCreations.every(({ projectId }) => projectId !== id);
  }

  async #createProject(): Promise<void> {
    if (this.#workable('project').length >= maximumProjects) return this.#restore();
    const name = this.#newName('project');
    const truth: Truth = { place: 'live', description: '', sha256: null };
    const creation = { kind: 'project', name, projectId: null, truth, action: 'created' } as const;
    this.#ledger.openCreations.push(creation);
    const { id } = await this.#change('POST', '/api/projects', { json: { name } });
    this.#made(creation, id);
  }

  /** A new one, or another file for one of them when there are enough. */
  async #addModel(project: Thing, model: Thing, upload?: Upload): Promise<void> {
    if (this.#workable('model').length < maximumModels) return this.#createModel(project, upload);
    return this.#replaceFile(model, upload);
  }

  async #createModel(project: Thing, upload?: Upload): Promise<void> {
    const name = this.#newName('model');
    if (upload !== undefined) upload.use = { newName: name };
    const bytes = upload?.bytes ?? this.#modelFile();
    const truth: Truth = { place: 'live', description: '', sha256: sha256Of(bytes) };
    const creation = { kind: 'model', name, projectId: project.id, truth, action: 'uploaded' } as const;
    this.#ledger.openCreations.push(creation);
    const fields = { projectId: project.id, name };
    const { id } = await this.#change('POST', '/api/models', bodyOf(fields, bytes, upload));
    this.#made(creation, id);
  }

  #made(creation: Ledger['openCreations'][number], id: string): void {
    const { action, ...thing } = creation;
    this.#ledger.openCreations.splice(this.#ledger.openCreations.indexOf(creation), 1);
    this.#things.push(this.#ledger.add({ ...thing, id }, action));
  }

  async #continueUpload(project: Thing, model: Thing): Promise<void> {
    const upload = [...this.#ledger.uploads].find(({ id, use }) => this.#uploads.has(id) && use === null);
    if (upload === undefined) return this.#beginUpload();
    if (upload.offset < upload.bytes.byteLength) return this.#sendPiece(upload);
    await this.#addModel(project, model, upload);
    this.#ledger.uploads.delete(upload);
  }

  async #beginUpload(): Promise<void> {
    const bytes = this.#ownFile();
    const json = { fileName: 'pieces.onnx', sizeBytes: bytes.byteLength };
    const { id } = await this.#change('POST', '/api/uploads', { json });
    this.#uploads.add(id);
    this.#ledger.uploads.add({ id, bytes, sha256: sha256Of(bytes), offset: 0, use: null });
  }

  async #sendPiece(upload: Upload): Promise<void> {
    const { id, bytes } = upload;
    const path = `/api/uploads/${id}`;
    // What an unanswered piece left is asked for first, as clients do that go on after a break.
    const { offset } = await this.#ask('GET', path);
    if (offset < upload.offset) this.#ledger.faults.push(`${path} has ${offset} of ${upload.offset} safe bytes`);
    const piece = bytes.slice(offset, offset + 1 + Math.floor(this.#random() * bytes.byteLength));
    upload.offset = offset;
    if (piece.byteLength === 0) return;
    const sent = await this.#change('PATCH', path, { bytes: piece, headers: { 'Upload-Offset': String(offset) } });
    if (sent.offset !== offset + piece.byteLength) this.#ledger.faults.push(`${path} took only a part of a piece`);
    upload.offset = sent.offset;
  }

  async #predict({ id }: Thing): Promise<void> {
    const { body } = await this.#send('POST', `/api/models/${id}/predict`, await pictureToPredict());
    if (foundClasses(body) !== 'red,blue') this.#ledger.faults.push(`${id} found ${foundClasses(body)}`);
  }

  async #describe(thing: Thing): Promise<void> {
    const description = `description ${++this.#number}`;
    await this.#alter(thing, 'updated', { ...thing.truth, description }, 'PATCH', pathOf(thing), {
      json: { description },
    });
  }

  async #replaceFile(model: Thing, upload?: Upload): Promise<void> {
    const bytes = upload?.bytes ?? this.#ownFile();
    const truth = { ...model.truth, sha256: sha256Of(bytes) };
    if (upload !== undefined) upload.use = { modelId: model.id };
    await this.#alter(model, 'uploaded', truth, 'PUT', `${pathOf(model)}/file`, bodyOf({}, bytes, upload));
  }

  async #trash(thing: Thing): Promise<void> {
    await this.#alter(thing, 'trashed', { ...thing.truth, place: 'trash' }, 'DELETE', pathOf(thing));
  }

  async #restore(): Promise<void> {
    const thing = this.#pick('project', 'trash') ?? this.#pick('model', 'trash');
    if (thing === undefined) return this.#askForLetter();
    const json = { itemId: thing.id, type: thing.kind };
    await this.#alter(thing, 'restored', { ...thing.truth, place: 'live' }, 'POST', '/api/trash', { json });
  }

  async #deleteForever(): Promise<void> {
    const thing = this.#pick('model', 'trash');
    if (thing === undefined) return this.#askForLetter();
    const json = { itemId: thing.id, type: thing.kind };
    await this.#alter(thing, 'deleted', { ...thing.truth, place: 'gone' }, 'DELETE', '/api/trash', { json });
  }

  async #askForLetter(): Promise<void> {
    const email = `${this.#newName('nobody').replaceAll(' ', '-')}@example.com`;
    await this.#change('POST', '/api/account/password-reset', { json: { email }, key: null });
    this.#ledger.acknowledgedJobs += 1;
  }

  async #alter(thing: Thing, action: string, truth: Truth, method: string, path: string, call?: Call): Promise<void> {
    thing.open = { truth, action };
    await this.#change(method, path, call);
    thing.open = null;
    thing.truth = truth;
    thing.actions.push(action);
  }

  // biome-ignore lint/suspicious/noExplicitAny: as in ApiReply.
  async #change(method: string, path: string, call?: Call): Promise<any> {
    const data = await this.#ask(method, path, call);
    this.#ledger.acknowledge();
    return data;
  }

  // biome-ignore lint/suspicious/noExplicitAny: as in ApiReply.
  async #ask(method: string, path: string, call?: Call): Promise<any> {
    return (await this.#send(method, path, call)).body.data;
  }

  async #send(method: string, path: string, call?: Call): Promise<ApiReply> {
    const reply = await callApi(method, path, { ...call, server: this.#server }).catch((error: unknown) => {
      throw new Unanswered(`${method} ${path} was not answered`, { cause: error });
    });
    if (reply.status < 300) return reply;
    const answer = `${method} ${path} was answered ${reply.status}: ${JSON.stringify(reply.body)}`;
    if (reply.status !== 503) this.#ledger.faults.push(answer);
    throw new Unanswered(answer);
  }

  /** Now and then one that others have too: bytes are kept once for all who have them. */
  #modelFile(): Uint8Array<ArrayBuffer> {
    return this.#chance(0.4) ? longModel('common ', shortestText) : this.#ownFile();
  }

  #ownFile(): Uint8Array<ArrayBuffer> {
    const length = shortestText + Math.floor(this.#random() * longestText);
    return longModel(`${this.#name} ${++this.#number} `, length);
  }

  #newName(what: string): string {
    return `${this.#name} ${what} ${++this.#number}`;
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }
}

/** The picture for which a whole tiny model finds `red,blue`. */
export async function pictureToPredict(): Promise<{ form: { file: File } }> {
  return { form: { file: new File([new Uint8Array(await redAndBlue())], 'image.png') } };
}

/** The classes in a reply of a prediction. */
export function foundClasses({ predictions }: { predictions: readonly { class: string }[] }): string {
  return predictions.map(({ class: name }) => name).join();
}

function longModel(text: string, length: number): Uint8Array<ArrayBuffer> {
  const tail = new ProtobufWriter().text(docStringField, text.repeat(Math.ceil(length / text.length))).finish();
  return new Uint8Array(Buffer.concat([shortModel, tail]));
}

function bodyOf(fields: Readonly<Record<string, string>>, bytes: Uint8Array<ArrayBuffer>, upload?: Upload): Call {
  if (upload !== undefined) return { json: { ...fields, uploadId: upload.id } };
  return { form: { ...fields, file: new File([bytes], 'model.onnx') } };
}

function pathOf({ kind, id }: Thing): string {
  return `/api/${kind}s/${id}`;
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
