import { Fault } from '@/lib/core/fault';

/**
 * A value of a YAML file. Scalars stay text: a class named `no` or `1e3` must not become false or a number, so whoever reads
 * a field decides what it means.
 */
export type YamlNode = YamlScalar | YamlSequence | YamlMapping;

export type YamlScalar = {
  readonly kind: 'scalar';
  readonly text: string;
  /** Quoted or a block of text: never null, never a number. */
  readonly isQuoted: boolean;
  /** From 1. */
  readonly line: number;
};

type YamlSequence = { readonly kind: 'sequence'; readonly items: readonly YamlNode[]; readonly line: number };

export type YamlMapping = {
  readonly kind: 'mapping';
  readonly entries: ReadonlyMap<string, YamlNode>;
  readonly line: number;
};

/** Values within values; a real description has three levels. */
const maximumDepth = 32;

/** The fault of a YAML file that cannot be read. */
export function yamlFault(line: number, found: string): Fault {
  return new Fault({
    code: 'input-invalid',
    found: `Line ${line} of the YAML file cannot be read: ${found}.`,
    remedy: 'Correct that line; a data set needs only plain keys, lists and texts.',
  });
}

export function checkDepth(depth: number, line: number): void {
  if (depth > maximumDepth) throw yamlFault(line, `values lie more than ${maximumDepth} levels deep`);
}
