import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Fault, type PlainFault } from '@/lib/core/fault';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { inspectCheckpoint } from '@/lib/engines/model-files/checkpoint/inspect-checkpoint';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import {
  commandThatCreates,
  executingPickles,
  twistedPickles,
} from '@/lib/engines/model-files/checkpoint/test-support/hostile-pickles';
import { hugePickles, sparseMemo } from '@/lib/engines/model-files/checkpoint/test-support/huge-pickles';
import {
  eighths,
  tinyNetwork,
  tinyTrainedCheckpoint,
} from '@/lib/engines/model-files/checkpoint/test-support/tiny-checkpoint';
import {
  writeCheckpoint,
  writeTorchFile,
  zipOf,
} from '@/lib/engines/model-files/checkpoint/test-support/write-checkpoint';
import { storedZip } from '@/lib/engines/model-files/test-support/stored-zip';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';

const proof = join(tmpdir(), `sightline-executed-${process.pid}`);

async function refusal(bytes: Uint8Array): Promise<PlainFault> {
  const outcome = await openCheckpoint(bytesSource(bytes)).catch((error: unknown) => error);
  if (!(outcome instanceof Fault)) throw new Error('expected a fault', { cause: outcome });
  return outcome.toPlain();
}

describe('pickles that would run something', () => {
  afterEach(() => {
    const wasRun = existsSync(proof);
    rmSync(proof, { force: true });
    expect(wasRun).toBe(false);
  });

  it.each(executingPickles(commandThatCreates(proof)))('refuses $what by name', async ({ bytes, code, words }) => {
    const { found, ...fault } = await refusal(zipOf(bytes));
    expect(fault.code).toBe(code);
    expect(found).toContain(words);
    expect(fault.remedy).toContain('Do not open this file with PyTorch');
  });

  it.each(executingPickles(commandThatCreates(proof)))(
    'reports on $what without opening it',
    async ({ bytes, words }) => {
      const report = await inspectCheckpoint(bytesSource(zipOf(bytes)));
      expect(report.refusal?.code).toBe('model-unsafe');
      expect(report.contents).toBeNull();
      const told = [
        ...report.globals.filter(({ verdict }) => verdict === 'dangerous').flatMap(({ names }) => names),
        ...report.foreignInstructions,
      ];
      expect(told).toContain(words);
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    },
  );

  it('finds what hides behind the model', async () => {
    const [evil] = executingPickles(commandThatCreates(proof));
    const bytes = Buffer.concat([evil?.bytes.subarray(0, -1) ?? [], Buffer.from('0}.', 'latin1')]);
    expect((await refusal(zipOf(bytes))).code).toBe('model-unsafe');
  });
});

describe('pickles that are no checkpoint', () => {
  it.each(twistedPickles())('refuses $what', async ({ bytes, code, words }) => {
    const fault = await refusal(zipOf(bytes));
    expect(fault.found).toContain(words);
    expect(fault.code).toBe(code);
  });

  it('refuses a wide module that stands in very many places, quickly', async () => {
    const names = Array.from({ length: 2000 }, (_, index) => `p${index}`);
    const wide = {
      className: 'torch.nn.modules.conv.Conv2d',
      parameters: Object.fromEntries(names.map((name) => [name, null])),
    };
    const children = Object.fromEntries(names.map((name) => [name, wide]));
    const bytes = writeCheckpoint({ model: { ...tinyNetwork(), children } });
    expect(bytes.length).toBeLessThan(200_000);
    await expect(openCheckpoint(bytesSource(bytes))).rejects.toMatchObject({
      code: 'model-too-large',
      found: expect.stringContaining('written out'),
    });
  });

  it.each(hugePickles())('refuses $what, quickly', async ({ bytes, code, words }) => {
    const file = zipOf(bytes);
    const start = performance.now();
    const fault = await refusal(file);
    expect(performance.now() - start).toBeLessThan(1500);
    expect(fault.found).toContain(words);
    expect(fault.code).toBe(code);
    expect((await inspectCheckpoint(bytesSource(file))).refusal?.code).toBe(code);
  });

  it('keeps values under any number', async () => {
    expect((await refusal(zipOf(sparseMemo()))).found).toContain('without a model');
  });
});

describe('files that are no checkpoint of a YOLO', () => {
  const whole = tinyTrainedCheckpoint();
  const legacy = Buffer.from('80028a0a6cfc9c46f9206aa850192e80024de9032e', 'hex');
  const pickle = Buffer.from('\x80\x02}.', 'latin1');
  const renamed = (className: string) => writeCheckpoint({ model: { ...tinyNetwork(), className } });
  const state = new Map([['model.0.conv.weight', eighths(4)]]);

  it.each([
    ['an empty file', new Uint8Array(0), 'model-not-checkpoint', 'empty file'],
    ['an image', Buffer.from('\xff\xd8\xff\xe0', 'latin1'), 'model-not-checkpoint', 'a JPEG image'],
    ['an ONNX model', tinyModel(), 'model-not-checkpoint', 'no zip archive'],
    ['the format before 2020', legacy, 'model-unsupported', 'before version 1.6'],
    ['a zip without a pickle', storedZip([{ name: 'a/b', bytes: pickle }]), 'model-not-checkpoint', 'no data.pkl'],
    [
      'TorchScript',
      storedZip([
        { name: 'a/data.pkl', bytes: pickle },
        { name: 'a/constants.pkl', bytes: pickle },
      ]),
      'model-not-checkpoint',
      'TorchScript',
    ],
    [
      'two pickles',
      storedZip([
        { name: 'a/data.pkl', bytes: pickle },
        { name: 'b/data.pkl', bytes: pickle },
      ]),
      'model-damaged',
      'several data.pkl',
    ],
    [
      'one name twice',
      storedZip([
        { name: 'a/data.pkl', bytes: pickle },
        { name: 'a/x', bytes: pickle },
        { name: 'a/x', bytes: pickle },
      ]),
      'model-damaged',
      'in it twice',
    ],
    [
      'a zip bomb',
      storedZip([{ name: 'a/data.pkl', bytes: pickle, claims: { method: 8, sizeBytes: 0xfffffff0 } }]),
      'model-not-checkpoint',
      'compressed',
    ],
    [
      'big-endian numbers',
      storedZip([
        { name: 'a/data.pkl', bytes: pickle },
        { name: 'a/byteorder', bytes: Buffer.from('big') },
      ]),
      'model-damaged',
      'byte order “big”',
    ],
    ['a file cut off', whole.subarray(0, whole.length - 300), 'model-truncated', 'end is missing'],
    ['a file of the YOLOv5 repository', renamed('models.yolo.DetectionModel'), 'model-unsupported', 'YOLOv5'],
    [
      'a class of someone else',
      renamed('my_project.layers.Attention'),
      'model-unsupported',
      'my_project.layers.Attention',
    ],
    ['a bare module', writeTorchFile(tinyNetwork()), 'model-unsupported', 'bare DetectionModel'],
    ['a state dict', writeTorchFile(state), 'model-unsupported', 'state dict'],
    ['a state dict under model', writeTorchFile(new Map([['model', state]])), 'model-unsupported', 'state dict'],
    [
      'a dictionary without a model',
      writeTorchFile(new Map([['epoch', 3]])),
      'model-not-checkpoint',
      'without a model (it has “epoch”)',
    ],
    ['a number', writeTorchFile(3), 'model-not-checkpoint', 'holds no model'],
    [
      'a network of another kind',
      writeCheckpoint({ model: { className: 'torch.nn.modules.conv.Conv2d' } }),
      'model-unsupported',
      'a Conv2d',
    ],
  ])('refuses %s', async (_, bytes, code, words) => {
    const fault = await refusal(bytes);
    expect(fault.found).toContain(words);
    expect(fault.code).toBe(code);
    const report = await inspectCheckpoint(bytesSource(bytes));
    expect(report.refusal).toEqual(fault);
  });
});

describe('weights that the file does not hold', () => {
  const withWeight = (claim: Partial<ReturnType<typeof eighths>>) =>
    writeCheckpoint({ model: { ...tinyNetwork(), parameters: { extra: { ...eighths(4), ...claim } } } });

  it.each([
    [
      'a storage shorter than the shape',
      withWeight({ shape: [5] }),
      'extra cannot be read: its shape has 5 elements, and the file holds 4',
    ],
    ['a shape of 2⁵⁰', withWeight({ shape: [2 ** 25, 2 ** 25] }), '1125899906842624 elements'],
    ['a shape beyond any number', withWeight({ shape: [2 ** 31, 2 ** 31] }), '4.61e+18 elements'],
  ])('refuses %s', async (_, bytes, words) => {
    const fault = await refusal(bytes);
    expect(fault.found).toContain(words);
    expect(fault.code).toBe('model-damaged');
  });

  it('refuses weights that are many times the file', async () => {
    const extra = { ...eighths(4000) };
    const layer = { className: 'torch.nn.modules.linear.Linear', parameters: { weight: extra } };
    const children = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`copy${index}`, layer]));
    const bytes = writeCheckpoint({
      model: { ...tinyNetwork(), children: { ...tinyNetwork().children, ...children } },
    });
    expect((await refusal(bytes)).code).toBe('model-too-large');
  });
});

const refused = new URL('../../../../../shared/fixtures/models/refused/', import.meta.url);

describe.skipIf(!existsSync(refused))('files that were made to be refused', () => {
  const sentences: Readonly<Record<string, string>> = {
    'empty.pt': 'an empty file',
    'evil-os-system.pt': 'posix.system, which runs commands',
    'not-a-zip.pt': 'a JPEG image',
    'truncated.pt': 'its end is missing',
  };

  it.each(existsSync(refused) ? readdirSync(refused) : [])('refuses %s', async (name) => {
    const fault = await refusal(new Uint8Array(readFileSync(new URL(name, refused))));
    expect(fault.found).toContain(sentences[name]);
  });
});

describe('the engines', () => {
  it('hold nothing that could execute what a file says', () => {
    const engines = new URL('../../', import.meta.url);
    const sources = readdirSync(engines, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('test-support'),
    );
    expect(sources.length).toBeGreaterThan(50);
    const executing = sources.filter((file) =>
      /\beval\(|\bnew Function\b|\bFunction\(|\bimport\(|\brequire\(/.test(
        readFileSync(new URL(file, engines), 'utf8'),
      ),
    );
    expect(executing).toEqual([]);
  });
});
