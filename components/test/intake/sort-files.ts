/** What a person handed over, by what is to be done with it. */
export type SortedFiles = {
  readonly models: readonly File[];
  readonly images: readonly File[];
  readonly videos: readonly File[];
};

const modelNames = /\.(?:onnx|pt|pth|engine|tflite|mlpackage|torchscript|ort|safetensors)$/i;
const imageNames = /\.(?:jpe?g|jfif|png|webp|gif|avif|bmp)$/i;
const videoNames = /\.(?:mp4|m4v|mov|webm|mkv|avi|ogv)$/i;

/**
 * Sorts dropped files by name and type; the bytes are judged later, where each is opened. Weights of other formats count as
 * models, so that the panel can say what to do with them. Of a folder only what looks useful is taken (`fromFolder`); of
 * files chosen one by one the rest counts as images, so that each gets its word.
 */
export function sortFiles(files: readonly File[], fromFolder: boolean): SortedFiles {
  const models = files.filter(({ name }) => modelNames.test(name));
  const videos = files.filter(({ name, type }) => videoNames.test(name) || type.startsWith('video/'));
  const rest = files.filter((file) => !models.includes(file) && !videos.includes(file));
  const images = fromFolder
    ? rest.filter(({ name, type }) => imageNames.test(name) || type.startsWith('image/'))
    : rest;
  return {
    models: fromFolder ? models.filter(({ name }) => /\.onnx$/i.test(name)) : models,
    images: images.toSorted((a, b) => byName.compare(a.name, b.name)),
    videos,
  };
}

const byName = new Intl.Collator('en', { numeric: true });
