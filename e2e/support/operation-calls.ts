import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import type { OpenIdProvider } from '@/lib/http/test-support/openid-provider';
import { accountCalls, twoFactorCalls } from './account-calls';
import { accountWithKey } from './accounts';
import { type ApiReply, callApi, makeProject, origin, uploadTinyModel } from './api';
import { pageHeaders, type SessionHeaders, sessionHeaders } from './browser-session';
import { redAndBlue } from './drawn-images';
import { initialAccount } from './initial-account';
import { type OperationTable, refused } from './operation-table';
import { until } from './own-server';
import { serverSettings } from './server-settings';

const { username } = initialAccount;

/** One success and one refusal of every operation. They run one after the other, in the order of the operations. */
export async function prepareCalls(provider: OpenIdProvider): Promise<OperationTable> {
  const project = await makeProject('Every operation');
  const model = await uploadTinyModel(project.id, 'every');
  const admin = await sessionHeaders(initialAccount);
  const { email, password, cookie, key } = await accountWithKey();
  const person = { email, password, headers: pageHeaders(cookie) };
  const narrowKey = await makeKey('narrow', ['billing']);
  return {
    ...accountCalls(person, admin, narrowKey, provider),
    ...twoFactorCalls(person),
    ...activityCalls(narrowKey),
    ...catalogueCalls(project.id, narrowKey),
    ...keyCalls(),
    ...serverCalls(admin, key),
    ...projectCalls(project.id, narrowKey),
    ...modelCalls(project.id, model.id, narrowKey),
    ...(await predictionCalls(project, model)),
    ...trashCalls(key, narrowKey),
    ...uploadCalls(),
  };
}

async function makeKey(name: string, scopes: readonly string[]): Promise<string> {
  return (await callApi('POST', '/api/api-keys', { json: { name, scopes } })).body.data.key;
}

function activityCalls(narrowKey: string): OperationTable {
  const mark = (action: string, json: unknown) => callApi('POST', `/api/activity/${action}`, { json });
  const latest = async () => [(await callApi('GET', '/api/activity?limit=1')).body.data[0].id];
  const nobody = { eventIds: ['event_nobody'] };
  return {
    listActivity: {
      success: () => callApi('GET', '/api/activity?search=every&limit=5'),
      refusal: refused('VALIDATION_ERROR', () => callApi('GET', '/api/activity?startDate=yesterday')),
    },
    countUnseenActivity: {
      success: () => callApi('GET', '/api/activity/unseen-count'),
      refusal: refused('FORBIDDEN', () => callApi('GET', '/api/activity/unseen-count', { key: narrowKey })),
    },
    exportActivity: {
      success: () => callApi('GET', '/api/activity/export'),
      refusal: refused('VALIDATION_ERROR', () => callApi('GET', '/api/activity/export?format=xml')),
    },
    markActivitySeen: {
      success: async () => mark('mark-seen', { eventIds: await latest() }),
      refusal: refused('NOT_FOUND', () => mark('mark-seen', nobody)),
    },
    archiveActivity: {
      success: async () => mark('archive', { eventIds: await latest() }),
      refusal: refused('NOT_FOUND', () => mark('archive', nobody)),
    },
    unarchiveActivity: {
      success: () => mark('unarchive', { all: true }),
      refusal: refused('VALIDATION_ERROR', () => mark('unarchive', { all: true, ...nobody })),
    },
  };
}

/** `yolov8n` is what the mirror has; of the others it knows nothing. */
function catalogueCalls(projectId: string, narrowKey: string): OperationTable {
  const path = '/api/catalogue/yolov8n';
  const accept = (name: string, acceptLicense = true) =>
    callApi('POST', `/api/catalogue/${name}/download`, { json: { acceptLicense } });
  async function whenReady(call: () => Promise<ApiReply>): Promise<ApiReply> {
    await accept('yolov8n');
    await until(async () => {
      const { state } = (await callApi('GET', path)).body.data;
      return state === 'ready' ? true : null;
    }, 'the weights are here');
    return call();
  }
  return {
    listCatalogue: {
      success: () => callApi('GET', '/api/catalogue'),
      refusal: refused('FORBIDDEN', () => callApi('GET', '/api/catalogue', { key: narrowKey })),
    },
    getCatalogueEntry: {
      success: () => callApi('GET', path),
      refusal: refused('NOT_FOUND', () => callApi('GET', '/api/catalogue/yolov8-nothing')),
    },
    startWeightsDownload: {
      success: () => accept('yolov8n'),
      refusal: refused('VALIDATION_ERROR', () => accept('yolov8n', false)),
    },
    cancelWeightsDownload: {
      success: async () => {
        await accept('yolo26x-obb');
        return callApi('DELETE', '/api/catalogue/yolo26x-obb/download');
      },
      refusal: refused('CONFLICT', () => callApi('DELETE', '/api/catalogue/yolo11m/download')),
    },
    readWeights: {
      success: () => whenReady(() => callApi('GET', `${path}/file`)),
      refusal: refused('FORBIDDEN', () => callApi('GET', '/api/catalogue/yolo11m/file')),
    },
    createModelFromWeights: {
      success: () => whenReady(() => callApi('POST', `${path}/models`, { json: { projectId } })),
      refusal: refused('VALIDATION_ERROR', () => callApi('POST', `${path}/models`, { json: {} })),
    },
  };
}

function keyCalls(): OperationTable {
  const create = (json: unknown) => callApi('POST', '/api/api-keys', { json });
  return {
    listApiKeys: {
      success: () => callApi('GET', '/api/api-keys?limit=5'),
      refusal: refused('VALIDATION_ERROR', () => callApi('GET', '/api/api-keys?page=0')),
    },
    createApiKey: {
      success: () => create({ name: 'every', scopes: ['models:read'], expiresAt: '2199-01-01T00:00:00Z' }),
      refusal: refused('VALIDATION_ERROR', () => create({ name: 'every', scopes: ['everything'] })),
    },
    deleteApiKey: {
      success: async () => callApi('DELETE', `/api/api-keys/${(await create({ name: 'short lived' })).body.data.id}`),
      refusal: refused('NOT_FOUND', () => callApi('DELETE', '/api/api-keys/key_nobody')),
    },
  };
}

function serverCalls(admin: SessionHeaders, strangerKey: string): OperationTable {
  const open = (path: string) => ({ success: () => callApi('GET', path, { key: null }), refusal: null });
  const metrics = (key: string) => callApi('GET', '/api/metrics', { key });
  return {
    listMails: {
      success: () => callApi('GET', '/api/admin/mails', { key: null, headers: admin }),
      refusal: refused('FORBIDDEN', () => callApi('GET', '/api/admin/mails', { key: strangerKey })),
    },
    getLiveness: open('/api/health/live'),
    getReadiness: open('/api/health/ready'),
    getOpenApi: open('/api/openapi.json'),
    getMetrics: {
      success: () => metrics(serverSettings.METRICS_TOKEN),
      refusal: refused('UNAUTHORIZED', () => metrics('another-token')),
    },
  };
}

function projectCalls(projectId: string, narrowKey: string): OperationTable {
  const create = (json: unknown) => callApi('POST', '/api/projects', { json });
  return {
    listProjects: {
      success: () => callApi('GET', '/api/projects?sort=name&limit=3'),
      refusal: refused('VALIDATION_ERROR', () => callApi('GET', '/api/projects?sort=best')),
    },
    createProject: {
      success: () => create({ name: 'Made once', description: 'Two\nlines', visibility: 'public' }),
      refusal: refused('VALIDATION_ERROR', () => create({ name: ' ' })),
    },
    getProject: {
      success: () => callApi('GET', `/api/projects/${projectId}`),
      refusal: refused('NOT_FOUND', () => callApi('GET', '/api/projects/project_nobody')),
    },
    updateProject: {
      success: () => callApi('PATCH', `/api/projects/${projectId}`, { json: { description: 'Changed' } }),
      refusal: refused('VALIDATION_ERROR', () => callApi('PATCH', `/api/projects/${projectId}`, { json: {} })),
    },
    deleteProject: {
      success: async () => callApi('DELETE', `/api/projects/${(await makeProject('Soon gone')).id}`),
      refusal: refused('FORBIDDEN', () => callApi('DELETE', `/api/projects/${projectId}`, { key: narrowKey })),
    },
    getStorage: {
      success: () => callApi('GET', '/api/storage'),
      refusal: refused('FORBIDDEN', () => callApi('GET', '/api/storage', { key: narrowKey })),
    },
  };
}

function modelCalls(projectId: string, modelId: string, narrowKey: string): OperationTable {
  const file = new File([Buffer.from(tinyModel())], 'every.onnx');
  const noModel = new File(['no model'], 'every.onnx');
  const path = `/api/models/${modelId}`;
  const links = () => callApi('GET', `${path}/files`);
  return {
    listModels: {
      success: () => callApi('GET', `/api/models?projectId=${projectId}&task=detect`),
      refusal: refused('VALIDATION_ERROR', () => callApi('GET', '/api/models?task=guess')),
    },
    createModel: {
      success: () => callApi('POST', '/api/models', { form: { projectId, file, name: 'another' } }),
      refusal: refused('VALIDATION_ERROR', () =>
        callApi('POST', '/api/models', { form: { projectId, file: noModel } }),
      ),
    },
    getModel: {
      success: () => callApi('GET', path),
      refusal: refused('NOT_FOUND', () => callApi('GET', '/api/models/model_nobody')),
    },
    updateModel: {
      success: () => callApi('PATCH', path, { json: { name: 'Every one' } }),
      refusal: refused('VALIDATION_ERROR', () => callApi('PATCH', path, { json: { visibility: 'secret' } })),
    },
    deleteModel: {
      success: async () => callApi('DELETE', `/api/models/${(await uploadTinyModel(projectId, 'soon gone')).id}`),
      refusal: refused('FORBIDDEN', () => callApi('DELETE', path, { key: narrowKey })),
    },
    replaceModelFile: {
      success: () => callApi('PUT', `${path}/file`, { form: { file } }),
      refusal: refused('UNSUPPORTED_MEDIA_TYPE', () =>
        callApi('PUT', `${path}/file`, { bytes: Buffer.from('x'), headers: { 'content-type': 'image/png' } }),
      ),
    },
    listModelFiles: {
      success: links,
      refusal: refused('NOT_FOUND', () => callApi('GET', '/api/models/model_nobody/files')),
    },
    downloadModel: {
      success: () => callApi('GET', `${path}/download`),
      refusal: refused('NOT_FOUND', () => callApi('GET', '/api/models/model_nobody/download')),
    },
    downloadFile: {
      success: async () => fetchLink((await links()).body.data[0].url),
      refusal: refused('FORBIDDEN', async () => fetchLink(`${(await links()).body.data[0].url}0`)),
    },
  };
}

function fetchLink(url: string): Promise<ApiReply> {
  return callApi('GET', url.replace(origin, ''), { key: null });
}

type Named = { readonly id: string; readonly slug: string };

async function predictionCalls(project: Named, model: Named): Promise<OperationTable> {
  const file = new File([new Uint8Array(await redAndBlue())], 'image.png');
  const noImage = new File(['no image'], 'image.png');
  const bySlug = `/api/models/${username}/${project.slug}`;
  const post = (path: string, form: Record<string, string | Blob>) => callApi('POST', path, { form });
  return {
    predict: {
      success: () => post(`/api/models/${model.id}/predict`, { file, conf: '0.5' }),
      refusal: refused('VALIDATION_ERROR', () => post(`/api/models/${model.id}/predict`, { file: noImage })),
    },
    predictBySlug: {
      success: () => post(`${bySlug}/${model.slug}/predict`, { file }),
      refusal: refused('NOT_FOUND', () => post(`${bySlug}/nothing/predict`, { file })),
    },
    hubPredict: {
      success: () => post(`/v1/predict/${model.id}`, { file }),
      refusal: refused('VALIDATION_ERROR', () => post(`/v1/predict/${model.id}`, { file, conf: '2' })),
    },
  };
}

/** `ownKey` is of a workspace whose trash nobody else needs. */
function trashCalls(ownKey: string, narrowKey: string): OperationTable {
  const nothing = { itemId: 'project_nobody', type: 'project' };
  async function trashed(key: string): Promise<{ itemId: string; type: string }> {
    const { body } = await callApi('POST', '/api/projects', { key, json: { name: 'Thrown away' } });
    await callApi('DELETE', `/api/projects/${body.data.id}`, { key });
    return { itemId: body.data.id, type: 'project' };
  }
  return {
    listTrash: {
      success: async () => {
        await trashed(ownKey);
        return callApi('GET', '/api/trash?type=project', { key: ownKey });
      },
      refusal: refused('VALIDATION_ERROR', () => callApi('GET', '/api/trash?type=person')),
    },
    restoreItem: {
      success: async () => callApi('POST', '/api/trash', { key: ownKey, json: await trashed(ownKey) }),
      refusal: refused('NOT_FOUND', () => callApi('POST', '/api/trash', { json: nothing })),
    },
    deleteForever: {
      success: async () => callApi('DELETE', '/api/trash', { key: ownKey, json: await trashed(ownKey) }),
      refusal: refused('NOT_FOUND', () => callApi('DELETE', '/api/trash', { json: nothing })),
    },
    emptyTrash: {
      success: () => callApi('POST', '/api/trash/empty', { key: ownKey }),
      refusal: refused('FORBIDDEN', () => callApi('POST', '/api/trash/empty', { key: narrowKey })),
    },
  };
}

function uploadCalls(): OperationTable {
  const begin = (sizeBytes = 3) => callApi('POST', '/api/uploads', { json: { fileName: 'every.onnx', sizeBytes } });
  const fresh = async () => `/api/uploads/${(await begin()).body.data.id}`;
  const append = (path: string, offset: string) =>
    callApi('PATCH', path, { bytes: Buffer.from('abc'), headers: { 'upload-offset': offset } });
  return {
    createUpload: { success: () => begin(), refusal: refused('VALIDATION_ERROR', () => begin(0)) },
    getUpload: {
      success: async () => callApi('GET', await fresh()),
      refusal: refused('NOT_FOUND', () => callApi('GET', '/api/uploads/upload_nobody')),
    },
    appendUpload: {
      success: async () => append(await fresh(), '0'),
      refusal: refused('CONFLICT', async () => append(await fresh(), '2')),
    },
    cancelUpload: {
      success: async () => callApi('DELETE', await fresh()),
      refusal: refused('NOT_FOUND', () => callApi('DELETE', '/api/uploads/upload_nobody')),
    },
  };
}
