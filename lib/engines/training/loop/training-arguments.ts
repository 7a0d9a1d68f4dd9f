import { Fault } from '@/lib/core/fault';
import {
  type ArgumentRule,
  choice,
  decimal,
  flag,
  integer,
  layers,
  megabytes,
  optional,
} from '@/lib/engines/training/loop/argument-rules';
import { nearestName } from '@/lib/engines/training/loop/nearest-name';

/**
 * The field sums the gradients of 64 images for one update. On the 240 drawn images of the tests (sightline-n, 160 pixels, batch
 * 16, AdamW) updates after each batch had mAP50 0.93 after 29 epochs where sums of four had 0.66, at the same price.
 */
const nominalBatch = 16;

/** What a run is trained with: the field's names, meanings and, but for `nbs`, defaults, in the order in which args.yaml has them. */
const rules = {
  epochs: integer(100, 1, 100_000),
  patience: integer(100, 0, 100_000),
  batch: integer(16, 1, 256),
  imgsz: integer(640, 32, 4096),
  save_period: integer(-1, -1, 100_000),
  cache: megabytes(1024, 1_000_000),
  device: choice('cpu', ['cpu']),
  workers: optional(integer(0, 0, 64)),
  threads: optional(integer(1, 1, 256)),
  optimizer: choice('auto', ['auto', 'SGD', 'AdamW']),
  seed: integer(0, 0, 2 ** 32 - 1),
  cos_lr: flag(false),
  close_mosaic: integer(10, 0, 100_000),
  freeze: optional(layers),
  val: flag(true),
  plots: flag(true),
  half: flag(false),
  lr0: decimal(0.01, 0, 10),
  lrf: decimal(0.01, 0, 1),
  momentum: decimal(0.937, 0, 0.9999),
  weight_decay: decimal(0.0005, 0, 1),
  warmup_epochs: decimal(3, 0, 1000),
  warmup_momentum: decimal(0.8, 0, 0.9999),
  warmup_bias_lr: decimal(0.1, 0, 10),
  box: decimal(7.5, 0, 1000),
  cls: decimal(0.5, 0, 1000),
  dfl: decimal(1.5, 0, 1000),
  pose: decimal(12, 0, 1000),
  kobj: decimal(1, 0, 1000),
  label_smoothing: decimal(0, 0, 0.99),
  nbs: integer(nominalBatch, 1, 4096),
  hsv_h: decimal(0.015, 0, 1),
  hsv_s: decimal(0.7, 0, 1),
  hsv_v: decimal(0.4, 0, 1),
  degrees: decimal(0, 0, 180),
  translate: decimal(0.1, 0, 1),
  scale: decimal(0.5, 0, 0.95),
  shear: decimal(0, 0, 60),
  flipud: decimal(0, 0, 1),
  fliplr: decimal(0.5, 0, 1),
  mosaic: decimal(1, 0, 1),
  mixup: decimal(0, 0, 1),
} as const satisfies Readonly<Record<string, ArgumentRule<unknown>>>;

type Rules = typeof rules;

export type ArgumentName = keyof Rules;

/** The value of each argument. */
export type TrainingArguments = {
  readonly [Name in ArgumentName]: Rules[Name] extends ArgumentRule<infer Value> ? Value : never;
};

export const argumentNames: readonly ArgumentName[] = Object.keys(rules).filter(isArgumentName);

/** The values without any argument given. */
export const defaultArguments: TrainingArguments = readArguments(new Map());

/** Arguments of the Ultralytics package that mean nothing here: to leave them out changes nothing. */
const elsewhere = new Set(
  'mode amp verbose deterministic save pretrained rect single_cls multi_scale profile fraction overlap_mask mask_ratio dropout perspective copy_paste auto_augment erasing crop_fraction bgr cutmix time compile'.split(
    ' ',
  ),
);

/**
 * Reads arguments from the texts they were given as, by name; all others have their defaults. Throws a `Fault` (`input-invalid`)
 * that names the argument, and where the name is not known the nearest that is.
 */
export function readArguments(texts: ReadonlyMap<string, string>): TrainingArguments {
  for (const name of texts.keys()) if (!isArgumentName(name)) throw unknownArgument(name);
  return mapRules((name, rule) => {
    const text = texts.get(name);
    if (text === undefined) return rule.fallback;
    const value = rule.read(text.trim());
    if (value !== undefined) return value;
    throw new Fault({
      code: 'input-invalid',
      found: `${name} must be ${rule.expects}, not “${text}”.`,
      remedy: `Leave ${name} out for its default, ${argumentText(rule.fallback)}.`,
    });
  });
}

/** An argument's value as args.yaml and messages write it. */
export function argumentText(value: TrainingArguments[ArgumentName]): string {
  if (value === null) return 'null';
  if (typeof value === 'object') return `[${value.join(', ')}]`;
  return String(value);
}

/** The `Fault` for a word that is no argument; `others` are further names that were possible. */
export function unknownArgument(name: string, others: readonly string[] = []): Fault {
  if (elsewhere.has(name)) {
    return new Fault({
      code: 'input-invalid',
      found: `“${name}” is an argument of the Ultralytics package that has no meaning here.`,
      remedy: `Leave ${name} out.`,
    });
  }
  const meant = nearestName(name, [...others, ...argumentNames]);
  return new Fault({
    code: 'input-invalid',
    found: `There is no argument “${name}”.`,
    remedy: meant === null ? 'See: sightline train --help.' : `Did you mean ${meant}?`,
  });
}

function isArgumentName(name: string): name is ArgumentName {
  return Object.hasOwn(rules, name);
}

/** A value for each rule. The cast holds because `resolve` answers each rule with what that rule itself reads or falls back to. */
function mapRules(
  resolve: (name: ArgumentName, rule: ArgumentRule<TrainingArguments[ArgumentName]>) => unknown,
): TrainingArguments {
  const entries = argumentNames.map((name) => [name, resolve(name, rules[name])]);
  return Object.fromEntries(entries) as TrainingArguments;
}
