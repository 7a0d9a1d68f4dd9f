/** Where the files of a run are kept: a folder of the disk or of the browser. */
export type RunStore = {
  /**
   * Writes a file of the run, wholly or not at all: whoever reads it, now or after a crash, finds the old content or the new one.
   * Rejects with a `Fault`, and the old content stays, where there is no room or no permission.
   *
   * @param name Within the run, with slashes: `weights/best.onnx`.
   */
  write(name: string, content: Uint8Array | string): Promise<void>;
  /** Null where there is no such file. */
  read(name: string): Promise<Uint8Array | null>;
};

/** Names of the files of a run. */
export const runFiles = {
  arguments: 'args.yaml',
  results: 'results.csv',
  resultsPlot: 'results.svg',
  best: 'weights/best.onnx',
  bestWeights: 'weights/best.safetensors',
  state: 'weights/last.ckpt',
} as const;
