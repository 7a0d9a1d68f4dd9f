import { execFileSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { pythonString, scriptString, shellWord } from '@/lib/core/source-literals';
import { type CodeSnippet, codeSnippets, type SnippetOptions } from '@/lib/engines/vision/exports/code-snippets';
import { defaultThresholds } from '@/lib/engines/vision/vision-result';

const options: SnippetOptions = {
  modelFileName: 'yolo11n.onnx',
  imageName: 'bus.jpg',
  thresholds: defaultThresholds,
  imgsz: 640,
  dialect: 'ultralytics',
};

const hostileNames = [
  'it\'s "here".jpg',
  '$(touch owned).jpg',
  '`id`;rm -rf *.jpg',
  'back\\slash.jpg',
  'line\nbreak.jpg',
  '-rf.jpg',
  '!history & > out.jpg',
  "'; drop --.jpg",
  'ünïcødé 🚌.jpg',
];

const code = (language: CodeSnippet['language'], given: SnippetOptions): string =>
  codeSnippets(given).find((snippet) => snippet.language === language)?.code ?? '';

describe('code to take away', () => {
  it('calls the command line with its own flags', () => {
    const thresholds = { ...defaultThresholds, conf: 0.4, classes: [0, 5], maxDetections: 50, agnostic: true };
    expect(shellArguments(code('cli', { ...options, thresholds, dialect: 'roboflow' }))).toEqual(
      'sightline predict --model yolo11n.onnx --source bus.jpg --conf 0.4 --iou 0.45 --imgsz 640 --classes 0,5 --max-det 50 --agnostic --format roboflow --save predictions'.split(
        ' ',
      ),
    );
  });

  it('calls the documented REST route with its documented fields', () => {
    const words = shellArguments(code('curl', { ...options, dialect: 'platform' }));
    expect(words).toContain('http://localhost:3000/api/models/USERNAME/PROJECT/MODEL/predict');
    expect(words).toEqual(
      expect.arrayContaining(['file=@bus.jpg', 'conf=0.25', 'iou=0.45', 'imgsz=640', 'format=platform']),
    );
    expect(code('curl', options)).toMatch(/^# Needs the model on a Sightline server/);
  });

  it('says when the REST route cannot filter as the page did', () => {
    const filtered = { ...options, thresholds: { ...defaultThresholds, classes: [0] } };
    expect(code('curl', filtered)).toContain('no class filter');
    expect(code('curl', options)).not.toContain('no class filter');
  });

  it('passes thresholds to the Python package under its own names', () => {
    const thresholds = { ...defaultThresholds, classes: [1, 2], agnostic: true };
    expect(code('python', { ...options, thresholds })).toContain(
      "model.predict('bus.jpg', conf=0.25, iou=0.45, imgsz=640, max_det=300, agnostic_nms=True, classes=[1, 2])",
    );
  });

  it.each(hostileNames)('hands the shell the file name %j and runs nothing else', (imageName) => {
    const given = { ...options, imageName, modelFileName: imageName };
    const path = imageName.startsWith('-') ? `./${imageName}` : imageName;
    const words = shellArguments(code('cli', given));
    expect(words[words.indexOf('--source') + 1]).toBe(path);
    expect(words[words.indexOf('--model') + 1]).toBe(path);
    const field = shellArguments(code('curl', given)).find((word) => word.startsWith('file=@')) ?? '';
    expect(curlFileName(field)).toBe(path);
  });

  it.each(hostileNames)('hands Node the file name %j', (imageName) => {
    const script = code('javascript', { ...options, imageName });
    const calls: string[][] = [];
    const body = script.replace(/^import .*$/m, '').replace(/^console.*$/m, '');
    runInNewContext(body, { execFileSync: (_: string, words: string[]) => calls.push(words) });
    const words = [...(calls[0] ?? [])];
    expect(words[words.indexOf('--source') + 1]).toBe(imageName.startsWith('-') ? `./${imageName}` : imageName);
  });
});

describe('literals', () => {
  it.each([...hostileNames, 'ends with \\', '\u2028', '\u202e'])('reads %j back from a JavaScript string', (text) => {
    expect(runInNewContext(scriptString(text))).toBe(text);
  });

  it.each([...hostileNames, 'ends with \\', '\u2028', '\u202e', '\u{e0001}'])(
    'reads %j back from a Python string',
    (text) => {
      const literal = pythonString(text);
      expect(literal).toMatch(/^'[^\n\r\u2028\u2029\u202e]*'$/u);
      expect(pythonValue(literal)).toBe(text);
    },
  );

  it('leaves harmless words readable', () => {
    expect(shellWord('runs/yolo11n.onnx')).toBe('runs/yolo11n.onnx');
    expect(shellWord('')).toBe("''");
  });
});

/** What bash makes of the words after the program's name. */
function shellArguments(command: string): string[] {
  const printed = command.replace(/^(npx|curl) /m, "printf '%s\\0' ");
  const output = execFileSync('bash', ['-c', printed], { encoding: 'utf8' });
  return output.split('\0').slice(0, -1);
}

/** How curl reads the file name of a form field (man page, `--form`). */
function curlFileName(field: string): string {
  const name = field.slice('file=@'.length);
  return name.startsWith('"') ? name.slice(1, -1).replace(/\\(["\\])/g, '$1') : name;
}

/** The value of a Python string literal of the escapes that are written here (reference, 2.4.1). */
function pythonValue(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(/\\(U[0-9a-f]{8}|u[0-9a-f]{4}|['\\])/g, (_, sequence: string) =>
      sequence.length === 1 ? sequence : String.fromCodePoint(Number.parseInt(sequence.slice(1), 16)),
    );
}
