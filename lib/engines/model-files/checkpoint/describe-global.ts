import { quoted } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';
import { roleOfGlobal } from '@/lib/engines/model-files/checkpoint/pickle/allowed-globals';
import { dangerOfGlobal, isRepositoryGlobal } from '@/lib/engines/model-files/checkpoint/pickle/refused-globals';
import type { ScannedGlobal } from '@/lib/engines/model-files/checkpoint/pickle/scan-pickle';

/** What to think of a name in a pickle. `dangerous` names run code, files or connections on whoever opens the file with Python. */
type GlobalVerdict = 'expected' | 'unusual' | 'dangerous';

/** Names that a checkpoint's pickle asks for and that mean the same, in plain words. */
export type GlobalGroup = {
  readonly verdict: GlobalVerdict;
  readonly meaning: string;
  /** With their module paths, fit to be shown, in the order of first use. */
  readonly names: readonly string[];
};

type GlobalMeaning = Pick<GlobalGroup, 'verdict' | 'meaning'>;

const verdictOrder: readonly GlobalVerdict[] = ['dangerous', 'unusual', 'expected'];

/** By the beginning of the full name, the first that fits. All of them are on the reader's list. */
const meanings: readonly (readonly [prefix: string, verdict: GlobalVerdict, meaning: string])[] = [
  ['torch.nn.modules.loss.', 'unusual', 'A loss of PyTorch, left over from training'],
  ['torch.nn.modules.', 'expected', 'A layer of PyTorch'],
  ['ultralytics.nn.modules.', 'expected', 'A block of the Ultralytics package'],
  ['ultralytics.nn.tasks.', 'expected', 'A network of the Ultralytics package'],
  ['ultralytics.yolo.nn.', 'expected', 'A block of the Ultralytics package, early version 8.0'],
  ['ultralytics.utils.loss.', 'unusual', 'A loss of the Ultralytics package, left over from training'],
  ['ultralytics.utils.tal.', 'unusual', 'Part of a loss of the Ultralytics package, left over from training'],
  ['ultralytics.yolo.utils.loss.', 'unusual', 'A loss of the Ultralytics package, left over from training'],
  ['ultralytics.yolo.utils.tal.', 'unusual', 'Part of a loss of the Ultralytics package, left over from training'],
  ['ultralytics.', 'expected', 'The settings of the training'],
  ['torchvision.transforms.', 'expected', 'How images are prepared for the network'],
  ['torch._utils.', 'expected', 'Puts a tensor together from stored numbers'],
  ['torch.Size', 'expected', 'The shape of a tensor'],
  ['torch.device', 'expected', 'The device the training ran on'],
  ['torch.', 'expected', 'A type of numbers'],
  ['collections.OrderedDict', 'expected', 'A dictionary'],
  ['pathlib.', 'unusual', 'A path on the computer that trained the model'],
  ['numpy.', 'expected', 'A number as numpy keeps it'],
  ['_codecs.encode', 'expected', 'The bytes of a number'],
  ['__builtin__.set', 'expected', 'A set'],
  ['builtins.set', 'expected', 'A set'],
  ['', 'expected', 'Names a method of a layer or an interpolation; it is accepted for nothing else'],
];

/** Names grouped by what they mean for the person who wants to know what a file would do; the dangerous ones first. */
export function groupGlobals(globals: readonly ScannedGlobal[]): GlobalGroup[] {
  const groups = new Map<string, GlobalMeaning & { readonly names: Set<string> }>();
  for (const { module, name } of globals) {
    const described = meaningOf(module, name);
    const group = groups.get(described.meaning) ?? { ...described, names: new Set<string>() };
    group.names.add(quoted(`${module}.${name}`));
    groups.set(described.meaning, group);
  }
  return [...groups.values()]
    .map((group) => ({ ...group, names: [...group.names] }))
    .sort((a, b) => verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict));
}

function meaningOf(module: string, name: string): GlobalMeaning {
  const full = `${module}.${name}`;
  if (roleOfGlobal(module, name) !== null) {
    const [, verdict, meaning] = meanings.find(([prefix]) => full.startsWith(prefix)) ?? ['', 'unusual', 'On the list'];
    return { verdict, meaning };
  }
  const danger = dangerOfGlobal(module, name);
  if (danger !== null) {
    return { verdict: 'dangerous', meaning: `Asked for by a pickle, it ${danger}` };
  }
  const meaning = isRepositoryGlobal(module)
    ? 'A class of the original YOLOv5 or YOLOv7 repository'
    : 'Neither of PyTorch’s layers nor of the Ultralytics package: PyTorch would import it and run it';
  return { verdict: 'unusual', meaning };
}
