import { describe, expect, it } from 'vitest';
import { parseArguments } from '@/lib/cli/parse-arguments';
import { Fault } from '@/lib/core/fault';

const base = ['predict', '--model', 'm.onnx', '--source', 'a.jpg'];

function requestOf(...words: string[]) {
  const command = parseArguments([...base, ...words]);
  if (command.kind !== 'predict') throw new Error(`read as ${command.kind}`);
  return command.request;
}

function faultOf(...words: string[]): Fault {
  try {
    parseArguments(words);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('parseArguments', () => {
  it('takes the package’s defaults', () => {
    expect(requestOf()).toMatchObject({
      model: 'm.onnx',
      source: 'a.jpg',
      imgsz: null,
      classes: null,
      thresholds: { conf: 0.25, iou: 0.45, maxDetections: 300, agnostic: false },
      dialect: { name: 'ultralytics' },
      saveFolder: null,
    });
  });

  it('reads every option', () => {
    const words = '--conf 0 --iou 1 --imgsz 320 --max-det 5 --agnostic --classes 0,2 --format hub --save out';
    expect(requestOf(...words.split(' '))).toMatchObject({
      imgsz: 320,
      classes: '0,2',
      thresholds: { conf: 0, iou: 1, maxDetections: 5, agnostic: true },
      dialect: { name: 'hub' },
      saveFolder: 'out',
    });
    expect(requestOf('--conf=.5', '--iou=1e-1').thresholds).toMatchObject({ conf: 0.5, iou: 0.1 });
  });

  it.each([
    ['--conf', '1.01'],
    ['--conf', '-0.1'],
    ['--conf', 'high'],
    ['--conf', ''],
    ['--conf', '0x1'],
    ['--iou', '2'],
    ['--iou', 'NaN'],
    ['--imgsz', '31'],
    ['--imgsz', '1281'],
    ['--imgsz', '320.5'],
    ['--max-det', '0'],
    ['--max-det', '1e9'],
  ])('refuses %s %s and says the range', (option, value) => {
    const fault = faultOf(...base, option, value);
    expect(fault.code).toBe('input-invalid');
    expect(fault.found).toContain(option);
    expect(fault.found).toContain(`“${value}”`);
    expect(fault.found).toMatch(/from \d+ to \d+/);
  });

  it('says what is missing', () => {
    expect(faultOf('predict', '--source', 'a.jpg').found).toBe('--model is missing.');
    expect(faultOf('predict', '--model', 'm.onnx').found).toBe('--source is missing.');
    expect(faultOf(...base, '--save', '').found).toBe('--save is missing.');
  });

  it('names words it does not know, in one line', () => {
    expect(faultOf('track').found).toBe('There is no command “track”.');
    expect(faultOf(...base, '--foo').message).toContain('--foo');
    expect(faultOf(...base, '--conf').message).toContain('--conf');
    expect(faultOf(...base, '--format', 'xml').found).toContain('“xml”');
    for (const words of [['--foo'], ['--conf'], ['-x']]) expect(faultOf(...base, ...words).message).not.toContain('\n');
  });

  it('tells users of yolo how its words are written here', () => {
    expect(faultOf(...base, 'max_det=5').remedy).toBe('Write --max-det 5.');
  });

  it('gives help and version before anything is required', () => {
    expect(parseArguments([])).toEqual({ kind: 'help', topic: 'general' });
    expect(parseArguments(['--help'])).toEqual({ kind: 'help', topic: 'general' });
    expect(parseArguments(['predict', '-h'])).toEqual({ kind: 'help', topic: 'predict' });
    expect(parseArguments(['--version'])).toEqual({ kind: 'version' });
  });
});
