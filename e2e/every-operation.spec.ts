// Every operation of the API answers as its own description says: once with success, and refused.
import { expect, test } from '@playwright/test';
import { WeightsMirror } from '@/lib/domain/catalogue/test-support/weights-mirror';
import { familyFile } from '@/lib/engines/architecture/test-support/family-file';
import { errorTable } from '@/lib/http/error-table';
import { allOperations } from '@/lib/http/operations/all-operations';
import { type OpenIdProvider, startOpenIdProvider } from '@/lib/http/test-support/openid-provider';
import { callApi } from './support/api';
import { type ApiDescription, readApiDescription } from './support/api-description';
import { prepareCalls } from './support/operation-calls';
import type { OperationTable } from './support/operation-table';
import { mirrorPort, openIdPort, serverSettings } from './support/server-settings';

let description: ApiDescription;
let mirror: WeightsMirror;
let provider: OpenIdProvider;
let table: OperationTable;

// The calls share an account, whose password, sessions and second factor they change in turn.
test.describe.configure({ mode: 'default' });

test.beforeAll(async () => {
  description = await readApiDescription();
  provider = await startOpenIdProvider(serverSettings.OIDC_CLIENT_ID, openIdPort);
  mirror = await WeightsMirror.start(mirrorPort);
  mirror.files.set('yolov8n.pt', await familyFile('yolov8n'));
  table = await prepareCalls(provider);
});
test.afterAll(async () => {
  await mirror?.close();
  await provider?.close();
});

test('every operation is in the table, and nothing else', () => {
  expect(Object.keys(table).sort()).toEqual(allOperations.map(({ id }) => id).sort());
});

for (const operation of allOperations) {
  test(`${operation.id}: ${operation.method} ${operation.path}`, async () => {
    const { success, refusal } = table[operation.id];
    if (refusal !== null) {
      const reply = await refusal.call();
      const { status } = errorTable[refusal.code];
      expect(reply.status, JSON.stringify(reply.body)).toBe(status);
      if (operation.surface === 'platform') expect(reply.body.error.code).toBe(refusal.code);
      description.expectDescribed(operation, reply);
    }
    const reply = await success();
    expect(reply.status, JSON.stringify(reply.body)).toBeLessThan(400);
    description.expectDescribed(operation, reply);
  });
}

test('a caller whom nobody knows is refused as described', async () => {
  const guarded = allOperations.filter(({ access }) => access !== 'public' && access !== 'optional');
  for (const operation of guarded) {
    const path = operation.path.replace(/\{\w+\}/g, 'nothing_1');
    const reply = await callApi(operation.method, path, { key: null });
    expect(reply.status, operation.id).toBe(401);
    description.expectDescribed(operation, reply);
  }
});
