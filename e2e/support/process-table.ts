import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export type RunningProcess = { readonly pid: number; readonly parent: number; readonly command: string };

/** The processes of this machine that have not ended. */
export function runningProcesses(): RunningProcess[] {
  if (existsSync('/proc/self/stat')) return readdirSync('/proc').filter(isNumber).flatMap(fromLinux);
  const { stdout } = spawnSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,state=,args='], { encoding: 'utf8' });
  return stdout.split('\n').flatMap(fromLine);
}

/** The process with that number and all that it started, directly or not. */
export function processTree(all: readonly RunningProcess[], pid: number): RunningProcess[] {
  const tree = all.filter((one) => one.pid === pid);
  for (const one of tree) tree.push(...all.filter(({ parent }) => parent === one.pid));
  return tree;
}

function isNumber(name: string): boolean {
  return /^\d+$/.test(name);
}

/** Its stat file: number, name in parentheses, which may hold anything, state, number of its parent. */
function fromLinux(pid: string): RunningProcess[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z') return [];
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return [{ pid: Number(pid), parent: Number(parent), command }];
  } catch {
    // It ended between the two looks.
    return [];
  }
}

function fromLine(line: string): RunningProcess[] {
  const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
  if (command === undefined || state?.startsWith('Z')) return [];
  return [{ pid: Number(pid), parent: Number(parent), command }];
}
