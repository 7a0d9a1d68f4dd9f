import { pythonString, scriptString, shellWord } from '@/lib/core/source-literals';
import type { DialectName } from '@/lib/engines/vision/dialects/dialect';
import { defaultThresholds, type Thresholds } from '@/lib/engines/vision/vision-result';

export type SnippetOptions = {
  /** As `yolo11n.onnx`. */
  readonly modelFileName: string;
  /** As `bus.jpg`. */
  readonly imageName: string;
  readonly thresholds: Thresholds;
  /** Side of the square input in pixels. */
  readonly imgsz: number;
  readonly dialect: DialectName;
};

export type CodeSnippet = {
  readonly language: 'cli' | 'python' | 'javascript' | 'curl';
  readonly title: string;
  readonly code: string;
};

/** Code that repeats a prediction elsewhere, ready to be pasted whatever the file names hold. */
export function codeSnippets(options: SnippetOptions): CodeSnippet[] {
  return [
    { language: 'cli', title: 'Command line', code: commandLine(options) },
    { language: 'python', title: 'Python', code: python(options) },
    { language: 'javascript', title: 'JavaScript', code: javaScript(options) },
    { language: 'curl', title: 'cURL', code: curl(options) },
  ];
}

/** Every flag that differs from the command's default, and the three that people change first. */
function commandLine({ modelFileName, imageName, thresholds, imgsz, dialect }: SnippetOptions): string {
  const words = [
    'npx sightline predict',
    `--model ${pathWord(modelFileName)}`,
    `--source ${pathWord(imageName)}`,
    `--conf ${thresholds.conf}`,
    `--iou ${thresholds.iou}`,
    `--imgsz ${imgsz}`,
    ...(thresholds.classes === null ? [] : [`--classes ${thresholds.classes.join(',')}`]),
    ...(thresholds.maxDetections === defaultThresholds.maxDetections ? [] : [`--max-det ${thresholds.maxDetections}`]),
    ...(thresholds.agnostic ? ['--agnostic'] : []),
    `--format ${dialect}`,
    '--save predictions',
  ];
  return words.join(' \\\n  ');
}

function python({ modelFileName, imageName, thresholds, imgsz }: SnippetOptions): string {
  const keywords = [
    `conf=${thresholds.conf}`,
    `iou=${thresholds.iou}`,
    `imgsz=${imgsz}`,
    `max_det=${thresholds.maxDetections}`,
    ...(thresholds.agnostic ? ['agnostic_nms=True'] : []),
    ...(thresholds.classes === null ? [] : [`classes=[${thresholds.classes.join(', ')}]`]),
  ];
  return [
    '# pip install ultralytics onnxruntime',
    'from ultralytics import YOLO',
    '',
    `model = YOLO(${pythonString(modelFileName)})`,
    `results = model.predict(${pythonString(imageName)}, ${keywords.join(', ')})`,
    'print(results[0].to_json())',
  ].join('\n');
}

/** The command line does the reading, letterboxing and decoding, so that the numbers are those of the page. */
function javaScript({ modelFileName, imageName, thresholds, imgsz, dialect }: SnippetOptions): string {
  const flags = [
    ['--model', relativePath(modelFileName)],
    ['--source', relativePath(imageName)],
    ['--conf', String(thresholds.conf)],
    ['--iou', String(thresholds.iou)],
    ['--imgsz', String(imgsz)],
    ...(thresholds.classes === null ? [] : [['--classes', thresholds.classes.join(',')]]),
    ['--max-det', String(thresholds.maxDetections)],
    ...(thresholds.agnostic ? [['--agnostic']] : []),
    ['--format', dialect],
  ];
  return [
    '// Node 20.19 or newer, beside the model and the image, with sightline installed.',
    "import { execFileSync } from 'node:child_process';",
    '',
    "const output = execFileSync('npx', [",
    "  'sightline', 'predict',",
    ...flags.map((flag) => `  ${flag.map(scriptString).join(', ')},`),
    "], { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });",
    '',
    'console.log(JSON.parse(output));',
  ].join('\n');
}

function curl({ imageName, thresholds, imgsz, dialect }: SnippetOptions): string {
  return [
    '# Needs the model on a Sightline server: put in its address, username/project/model and your key.',
    ...(keepsMore(thresholds)
      ? ['# The REST API has no class filter, agnostic NMS or limit: it may answer more.']
      : []),
    'curl -X POST \\',
    '  "http://localhost:3000/api/models/USERNAME/PROJECT/MODEL/predict" \\',
    '  -H "Authorization: Bearer YOUR_API_KEY" \\',
    `  -F ${formFile('file', imageName)} \\`,
    `  -F "conf=${thresholds.conf}" \\`,
    `  -F "iou=${thresholds.iou}" \\`,
    `  -F "imgsz=${imgsz}" \\`,
    `  -F "format=${dialect}"`,
  ].join('\n');
}

function keepsMore({ classes, agnostic, maxDetections }: Thresholds): boolean {
  return classes !== null || agnostic || maxDetections !== defaultThresholds.maxDetections;
}

/** curl itself reads `;`, `,` and `"` in a form's file name, unless it stands in double quotes of its own. */
function formFile(field: string, fileName: string): string {
  const path = relativePath(fileName);
  if (/^[\w./-]+$/.test(path)) return `"${field}=@${path}"`;
  return shellWord(`${field}=@"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`);
}

function pathWord(fileName: string): string {
  return shellWord(relativePath(fileName));
}

/** A name that begins with a dash would be read as a flag. */
function relativePath(fileName: string): string {
  return fileName.startsWith('-') ? `./${fileName}` : fileName;
}
