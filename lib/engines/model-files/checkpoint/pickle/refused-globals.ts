import { Fault } from '@/lib/core/fault';
import { quoted, unsupportedCheckpoint } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';

/** What Python modules that no checkpoint needs would do for a pickle that asks for them; the longest prefix counts. */
const dangers: ReadonlyMap<string, string> = new Map([
  ...eachMeans('runs commands on the computer that opens it', [
    'os',
    'posix',
    'nt',
    'subprocess',
    'pty',
    'commands',
    'popen2',
    'platform',
    'asyncio',
    'multiprocessing',
    'distutils',
    'setuptools',
    'timeit',
    'cProfile',
    'profile',
    'pdb',
    'bdb',
    'code',
    'codeop',
    'doctest',
    'trace',
  ]),
  ...eachMeans('runs code or opens files on the computer that opens it', [
    'builtins',
    '__builtin__',
    '__builtins__',
    'sys',
    'types',
    'functools',
    'operator',
    '_operator',
    'inspect',
    'io',
    '_io',
    'shutil',
    'tempfile',
    'fileinput',
    'linecache',
    'sqlite3',
  ]),
  ...eachMeans('loads other code', [
    'importlib',
    'imp',
    'runpy',
    'pkgutil',
    'zipimport',
    'pip',
    'ensurepip',
    'ctypes',
    '_ctypes',
    'cffi',
    'torch.hub',
    'torch.utils.cpp_extension',
    'torch.jit',
    'torch._dynamo',
    'torch.fx',
  ]),
  ...eachMeans('opens another pickle, unseen', [
    'pickle',
    '_pickle',
    'cPickle',
    'dill',
    'cloudpickle',
    'joblib',
    'marshal',
    'shelve',
    'torch.serialization',
    'torch.storage',
    'numpy.lib',
  ]),
  ...eachMeans('reaches the network', [
    'socket',
    '_socket',
    'ssl',
    'http',
    'urllib',
    'urllib2',
    'urllib3',
    'requests',
    'httpx',
    'aiohttp',
    'ftplib',
    'smtplib',
    'telnetlib',
    'xmlrpc',
    'webbrowser',
    'ultralytics.utils.downloads',
  ]),
]);

/** `torch` itself holds functions that open files, beside the harmless names on the list. */
const dangerousNames: ReadonlyMap<string, string> = new Map([
  ['torch.load', 'opens another pickle, unseen'],
  ['numpy.load', 'opens another pickle, unseen'],
  ['torch.classes', 'loads other code'],
  ['torch.ops', 'loads other code'],
  ['torch.compile', 'loads other code'],
]);

/** Wherever these stand in a name, it reaches for them through another module that imports them. */
const reachedFor: ReadonlySet<string> = new Set([
  'os',
  'posix',
  'nt',
  'sys',
  'subprocess',
  'builtins',
  '__builtins__',
  'importlib',
  'ctypes',
]);

const unlessTrusted = 'Do not open this file with PyTorch unless you know who wrote it.';

/** Packages of the original YOLOv5 and YOLOv7 repositories, which are names of folders in them. */
const repositoryPackages = /^(models|utils)(\.|$)/;

/** What a name outside the list is known to do to whoever opens the file with Python, or null. A clause: “runs commands …”. */
export function dangerOfGlobal(module: string, name: string): string | null {
  const named = dangerousNames.get(`${module}.${name}`);
  if (named !== undefined) return named;
  const parts = `${module}.${name}`.split('.');
  for (let length = parts.length - 1; length > 0; length--) {
    const danger = dangers.get(parts.slice(0, length).join('.'));
    if (danger !== undefined) return danger;
  }
  const reached = parts.find((part) => reachedFor.has(part));
  return reached === undefined ? null : (dangers.get(reached) ?? null);
}

/** Whether the name belongs to a file of the original YOLOv5 or YOLOv7 repository. */
export function isRepositoryGlobal(module: string): boolean {
  return repositoryPackages.test(module);
}

/** Why a file that asks for this name is not opened. */
export function refusedGlobal(module: string, name: string): Fault {
  const asked = quoted(`${module}.${name}`);
  const danger = dangerOfGlobal(module, name);
  if (danger !== null) {
    return new Fault({
      code: 'model-unsafe',
      found: `The file asks for ${asked}, which ${danger}: a checkpoint never needs it. Nothing of it was run.`,
      remedy: 'Do not open this file with PyTorch, and tell whoever gave it to you.',
    });
  }
  if (isRepositoryGlobal(module)) {
    return unsupportedCheckpoint(
      `The file comes from the original YOLOv5 or YOLOv7 repository (it asks for ${asked}), whose networks are not rebuilt here.`,
      'Export it there (python export.py --include onnx) and use the .onnx file, or train again with the ultralytics package.',
    );
  }
  return unsupportedCheckpoint(
    `The file asks for ${asked}, which belongs neither to PyTorch’s layers nor to the Ultralytics package. Nothing of it was run.`,
    'If you know and trust this class, export the model where it was made: yolo export model=best.pt format=onnx.',
  );
}

/** Why a file with an instruction outside the list is not opened. `position` is its byte in the pickle. */
export function refusedInstruction(instruction: string, position: number): Fault {
  return new Fault({
    code: 'model-unsafe',
    found: `The file’s pickle uses the instruction ${instruction} (byte ${position}), which no checkpoint needs. Nothing of it was run.`,
    remedy: unlessTrusted,
  });
}

/** Why a file that uses what is on the list for what no checkpoint does is not opened. `use` follows “The file’s pickle ”. */
export function refusedUse(use: string, position: number): Fault {
  return new Fault({
    code: 'model-unsafe',
    found: `The file’s pickle ${use} (byte ${position}), as no checkpoint does. Nothing of it was run.`,
    remedy: unlessTrusted,
  });
}

function eachMeans(danger: string, modules: readonly string[]): [string, string][] {
  return modules.map((module) => [module, danger]);
}
