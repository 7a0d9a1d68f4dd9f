import { randomWord } from '@/lib/core/random';

/** What each kind of row's id begins with. */
const idPrefixes = {
  user: 'user',
  session: 'session',
  workspace: 'workspace',
  apiKey: 'key',
  project: 'project',
  model: 'model',
  modelFile: 'file',
  upload: 'upload',
  download: 'download',
  event: 'event',
  mail: 'mail',
  passwordReset: 'reset',
  request: 'req',
} as const;

export type IdKind = keyof typeof idPrefixes;

/** 31^20 values: collisions are out of the question, and no letter can be mistaken for another. */
const idLength = 20;

/** A new id such as `project_3k9…`: random, so that nobody can count or guess another tenant's things. */
export function newId(kind: IdKind): string {
  return `${idPrefixes[kind]}_${randomWord(idLength)}`;
}
