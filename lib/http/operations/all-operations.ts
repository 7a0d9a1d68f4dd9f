import type { Operation } from '@/lib/http/operation';
import * as account from '@/lib/http/operations/account';
import * as activity from '@/lib/http/operations/activity';
import * as admin from '@/lib/http/operations/admin';
import * as apiKeys from '@/lib/http/operations/api-keys';
import * as catalogue from '@/lib/http/operations/catalogue';
import * as files from '@/lib/http/operations/files';
import * as health from '@/lib/http/operations/health';
import * as models from '@/lib/http/operations/models';
import * as predictions from '@/lib/http/operations/predictions';
import * as projects from '@/lib/http/operations/projects';
import * as storage from '@/lib/http/operations/storage';
import * as trash from '@/lib/http/operations/trash';
import * as twoFactor from '@/lib/http/operations/two-factor';
import * as uploads from '@/lib/http/operations/uploads';
import * as usernames from '@/lib/http/operations/usernames';

/** Every operation of every surface. The files of this folder export operations and nothing else, so that none is forgotten. */
export const allOperations: readonly Operation[] = [
  account,
  activity,
  admin,
  apiKeys,
  catalogue,
  files,
  health,
  models,
  predictions,
  projects,
  storage,
  trash,
  twoFactor,
  uploads,
  usernames,
].flatMap((noun): Operation[] => Object.values(noun));
