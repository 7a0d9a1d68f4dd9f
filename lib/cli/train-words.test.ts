import { describe, expect, it } from 'vitest';
import { parseTrain } from '@/lib/cli/train-words';
import { parseVal } from '@/lib/cli/val-words';

describe('the words of sightline train', () => {
  it('are key=value as of yolo, or options', () => {
    const typed = parseTrain(['data=a.yaml', 'model=sightline-s', 'epochs=3', '--lr0', '0.1', '--cos-lr', '--batch=4']);
    expect(typed).toMatchObject({
      kind: 'new',
      model: { kind: 'fresh', size: 's' },
      data: 'a.yaml',
      task: null,
      args: { epochs: 3, lr0: 0.1, cos_lr: true, batch: 4 },
      project: null,
      name: 'train',
      existOk: false,
    });
  });

  it('keep equals signs and spaces of a value', () => {
    expect(parseTrain(['data=my data/a=b.yaml'])).toMatchObject({ data: 'my data/a=b.yaml' });
  });

  it.each([
    ['sightline-n', null],
    ['sightline-n-seg', 'segment'],
    ['sightline-s-pose', 'pose'],
    ['sightline-n-obb', 'obb'],
    ['sightline-n-cls', 'classify'],
  ])('take %s for the task %s', (model, task) => {
    expect(parseTrain(['data=d', `model=${model}`])).toMatchObject({ task });
  });

  it('resume a run, with nothing that would change it', () => {
    expect(parseTrain(['resume=runs/last.ckpt', 'threads=2'])).toEqual({
      kind: 'resume',
      state: 'runs/last.ckpt',
      data: null,
      changes: new Map([['threads', '2']]),
    });
  });

  it.each([
    [['--resume', '--model', 'runs/last.ckpt'], 'runs/last.ckpt'],
    [['model=runs/last.ckpt', 'resume=True', 'threads=1'], 'runs/last.ckpt'],
  ])('resume as the field does: %j', (words, state) => {
    expect(parseTrain(words)).toMatchObject({ kind: 'resume', state });
  });

  it.each([
    [['model=sightline-n'], 'There is no data to train on.'],
    [['data=d', 'model=best.onnx'], '“best.onnx” is an ONNX file, which can be run but not trained.'],
    [['data=d', 'model=yolov9'], 'There is no network “yolov9”.'],
    [['data=d', 'model=sightline-n-depth'], 'There is no network “sightline-n-depth”.'],
    [['data=d', 'task=depth'], 'task must be one of detect, segment, pose, obb, classify, not “depth”.'],
    [['data=d', 'model=sightline-n-seg', 'task=pose'], '“sightline-n-seg” is for segment, and task is pose.'],
    [['data=d', 'epoch=3'], 'There is no argument “epoch”. Did you mean epochs?'],
    [['data=d', 'moddel=x.pt'], 'There is no argument “moddel”. Did you mean model?'],
    [['data=d', 'imgsz=31'], 'imgsz must be a whole number from 32 to 4096, not “31”.'],
    [['data=d', 'exist_ok=yes'], 'exist_ok must be True or False, not “yes”.'],
    [['data=d', 'name=../up'], 'name must be the name of a folder, not “../up”.'],
    [['data=d', 'name=..'], 'name must be the name of a folder, not “..”.'],
    [['coco.yaml'], 'The word “coco.yaml” belongs to no argument. Write data=coco.yaml.'],
    [['x.pt'], 'Write model=x.pt.'],
    [['resume=last.ckpt', 'lr0=0.1'], 'A run that is resumed keeps its own lr0.'],
    [['resume=last.ckpt', 'name=other'], 'A run that is resumed keeps its own name.'],
    [['resume=True'], 'resume does not say which run.'],
  ])('are refused: %j', (words, found) => {
    expect(() => parseTrain(words)).toThrow(found);
  });
});

describe('the words of sightline val', () => {
  it('name a model and data', () => {
    expect(parseVal(['model=a.onnx', 'data=b.yaml', 'imgsz=320', '--json'])).toEqual({
      model: 'a.onnx',
      data: 'b.yaml',
      split: 'val',
      imgsz: 320,
      batch: 8,
      threads: null,
      json: true,
    });
  });

  it.each([
    [['data=b.yaml'], 'model is missing.'],
    [['model=a.onnx'], 'data is missing.'],
    [['model=a.onnx', 'data=b', 'splt=test'], 'There is no argument “splt”. Did you mean split?'],
    [['model=a.onnx', 'data=b', 'split=all'], 'split must be one of train, val, test, not “all”.'],
  ])('are refused: %j', (words, found) => {
    expect(() => parseVal(words)).toThrow(found);
  });
});
