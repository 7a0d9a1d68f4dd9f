/** What a file that is not an ONNX model looks like, and how to get a model out of it. */
export type ForeignFile = {
  /** Ends the sentence “This is …”. */
  readonly kind: string;
  readonly remedy: string;
};

/** How many bytes from the beginning `recogniseForeignFile` looks at. */
export const foreignHeadBytes = 4_096;

const exportIt =
  'Export it to ONNX with the program that made it (for Ultralytics: yolo export model=best.pt format=onnx) and drop the .onnx file.';
const dropAsImage = 'Drop it as an image, and drop the model’s .onnx file here.';
const dropOnnx = 'Drop the .onnx file of the model instead.';
const unpackIt = 'Unpack it and drop the .onnx file inside.';

/** Magic numbers that no ONNX file can begin with: [offset, bytes as Latin-1 text, what it is, what to do]. */
const magics: readonly (readonly [number, string, string, string])[] = [
  [0, '\xff\xd8\xff', 'a JPEG image', dropAsImage],
  [0, '\x89PNG', 'a PNG image', dropAsImage],
  [0, 'GIF8', 'a GIF image', dropAsImage],
  [8, 'WEBP', 'a WebP image', dropAsImage],
  [0, 'II*\0', 'a TIFF image', dropOnnx],
  [0, 'MM\0*', 'a TIFF image', dropOnnx],
  [4, 'ftyp', 'a video or HEIF/AVIF image', 'Drop it as an image or video, and drop the model’s .onnx file here.'],
  [0, '\x1aE\xdf\xa3', 'a Matroska or WebM video', 'Drop it as a video, and drop the model’s .onnx file here.'],
  [0, '%PDF', 'a PDF document', dropOnnx],
  [0, '\x1f\x8b', 'a gzip archive', unpackIt],
  [0, "7z\xbc\xaf'\x1c", 'a 7-Zip archive', unpackIt],
  [0, 'Rar!', 'a RAR archive', unpackIt],
  [257, 'ustar', 'a tar archive', unpackIt],
  [0, '\x89HDF', 'an HDF5 file, as Keras writes', exportIt],
  [0, 'GGUF', 'a GGUF language model', dropOnnx],
  [4, 'TFL3', 'a TensorFlow Lite model', exportIt],
  [4, 'ORTM', 'a model in ONNX Runtime’s own .ort format', 'Drop the .onnx file it was made from.'],
  [0, 'ftrt', 'a TensorRT engine', exportIt],
  [0, '7767517', 'the layer list of an NCNN model', exportIt],
  [0, '\x7fELF', 'a program', dropOnnx],
  [0, 'MZ', 'a Windows program', dropOnnx],
  [0, '\0asm', 'a WebAssembly module', dropOnnx],
  [0, '\x80\x02', 'a Python pickle, as old PyTorch checkpoints are', exportIt],
  [0, '\x80\x04', 'a Python pickle', exportIt],
  [
    0,
    'version https://git-lfs',
    'a Git LFS pointer: the model itself was not downloaded',
    'Run git lfs pull and drop the file again.',
  ],
];

/** Beginnings of text files, compared in lower case after leading space: what it is and what to do. */
const textKinds: readonly (readonly [RegExp, string, string])[] = [
  [
    /^<!doctype html|^<html|^<head/,
    'an HTML page, probably what a web site answered instead of the model',
    'Download the model again, by its raw or direct link.',
  ],
  [/^<\?xml[^>]*>\s*<net\b|^<net\b/, 'the graph of an OpenVINO model (XML)', exportIt],
  [/^<\?xml|^<svg/, 'an XML file', dropOnnx],
  [/^[{[]/, 'a JSON file', dropOnnx],
];

/**
 * What the first bytes of a file say it is, when that is not ONNX; null when they may be ONNX. `head` holds the first
 * `foreignHeadBytes` bytes, or the whole file if it is shorter.
 */
export function recogniseForeignFile(head: Uint8Array): ForeignFile | null {
  const latin1 = Array.from(head, (byte) => String.fromCharCode(byte)).join('');
  if (latin1.startsWith('PK\x03\x04') || latin1.startsWith('PK\x05\x06')) return recogniseZip(latin1);
  for (const [offset, magic, kind, remedy] of magics) {
    if (latin1.startsWith(magic, offset)) return { kind, remedy };
  }
  if (latin1.startsWith('{"', 8)) return { kind: 'a safetensors file: weights without a graph', remedy: exportIt };
  if (!isText(head)) return null;
  const text = latin1.trimStart().toLowerCase();
  for (const [pattern, kind, remedy] of textKinds) if (pattern.test(text)) return { kind, remedy };
  return { kind: 'a text file', remedy: dropOnnx };
}

/** The names of a zip's first entries stand in plain text in its first kilobytes. */
function recogniseZip(latin1: string): ForeignFile {
  if (/constants\.pkl|\/code\//.test(latin1)) return { kind: 'a TorchScript model (a zip)', remedy: exportIt };
  if (/data\.pkl|\/byteorder|\/\.format_version/.test(latin1)) {
    return { kind: 'a PyTorch checkpoint (a zip)', remedy: exportIt };
  }
  if (/\.mlpackage|\.mlmodel|Manifest\.json/.test(latin1))
    return { kind: 'a Core ML package (a zip)', remedy: exportIt };
  return { kind: 'a zip archive', remedy: unpackIt };
}

/** ONNX begins with the bytes 08 and a small number; a file without control characters cannot be one. */
function isText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d) && head.length > 0;
}
