import { readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { helpOf } from '@/lib/cli/help';
import { createOutput, OutputClosed } from '@/lib/cli/output';
import { parseArguments } from '@/lib/cli/parse-arguments';
import { printable } from '@/lib/cli/printable';

export type CommandSurroundings = {
  /** Paths on the command line are relative to this folder. */
  readonly folder: string;
  readonly output: Writable;
  readonly errors: Writable;
};

/**
 * Runs the `sightline` command and resolves to its exit status: 0, or 1 after a line on `errors` that says what was wrong.
 * A reader that closes the output early (`| head`) is no error. Never throws.
 */
export async function main(words: readonly string[], surroundings: CommandSurroundings): Promise<number> {
  const output = createOutput(surroundings.output);
  const errors = createOutput(surroundings.errors);
  try {
    const command = parseArguments(words);
    switch (command.kind) {
      case 'help':
        await output.write(helpOf(command.topic));
        return 0;
      case 'version':
        await output.write(`sightline ${packageVersion()}\n`);
        return 0;
      case 'predict': {
        // Help and refused words need neither the runtime nor the decoders, which take half of the start.
        const { predict } = await import('@/lib/cli/predict');
        return await predict(command.request, { folder: surroundings.folder, output, errors });
      }
      case 'convert': {
        const { convert } = await import('@/lib/cli/convert');
        return await convert(command.request, surroundings.folder, output);
      }
      case 'inspect': {
        const { inspect } = await import('@/lib/cli/inspect');
        return await inspect(command.request, surroundings.folder, output);
      }
      case 'demo-data': {
        const { demoData } = await import('@/lib/cli/demo-data');
        return await demoData(command.request, { folder: surroundings.folder, output, errors });
      }
      case 'train': {
        const { train } = await import('@/lib/cli/train');
        return await train(command.request, { folder: surroundings.folder, output, errors });
      }
      case 'val': {
        const { val } = await import('@/lib/cli/val');
        return await val(command.request, { folder: surroundings.folder, output, errors });
      }
    }
  } catch (error) {
    if (error instanceof OutputClosed) return 0;
    return report(errors, error);
  }
}

async function report(errors: ReturnType<typeof createOutput>, error: unknown): Promise<number> {
  try {
    await errors.writeLine(printable(`sightline: ${error instanceof Error ? error.message : String(error)}`));
  } catch {
    // Nobody reads the errors either: the exit status is all that is left to say.
  }
  return 1;
}

function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const parsed: unknown = JSON.parse(text);
  const hasVersion = typeof parsed === 'object' && parsed !== null && 'version' in parsed;
  return hasVersion ? String(parsed.version) : 'of unknown version';
}
