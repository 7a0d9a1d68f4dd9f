import { describe, expect, it } from 'vitest';
import { architectureName, contentsLine, dayOf, verdictSentence } from '@/components/inspector/checkpoint-words';
import { someContents } from '@/components/inspector/test-support/some-contents';

const expected = { verdict: 'expected', meaning: 'A layer', names: ['torch.nn.Conv2d', 'torch.nn.SiLU'] } as const;

describe('what a checkpoint is, in words', () => {
  it('names the network by its architecture file, else by its class', () => {
    const { architecture } = someContents;
    expect(architectureName(someContents)).toBe('yolov8n');
    expect(
      architectureName({ ...someContents, architecture: { ...architecture, yamlFile: 'C:\\runs\\my.net.yml' } }),
    ).toBe('my.net');
    expect(architectureName({ ...someContents, architecture: { ...architecture, yamlFile: null } })).toBe(
      'DetectionModel',
    );
  });

  it('fits on one line', () => {
    expect(contentsLine(someContents)).toBe('detect · 80 classes · 640 px · 3.2 M parameters · float16');
    const odd = { ...someContents, task: null, classCount: null, dtypes: {}, imageSize: { width: 640, height: 384 } };
    expect(contentsLine(odd)).toBe('unknown task · 640 × 384 px · 3.2 M parameters');
  });

  it('shows the day of a time, and what it cannot read as it is', () => {
    expect(dayOf('2026-01-02T03:04:05.678901+00:00')).toBe('2026-01-02');
    expect(dayOf('yesterday')).toBe('yesterday');
  });

  it('says the worst first', () => {
    const unusual = { verdict: 'unusual', meaning: 'Odd', names: ['a.b'] } as const;
    const dangerous = { verdict: 'dangerous', meaning: 'Runs a command', names: ['os.system'] } as const;
    expect(verdictSentence([expected])).toBe('2 names, all expected');
    expect(verdictSentence([unusual, expected])).toBe('1 of 3 names is unusual, none dangerous');
    expect(verdictSentence([dangerous, unusual, expected])).toBe('1 of 4 names is dangerous');
    expect(verdictSentence([dangerous])).toBe('1 of 1 name is dangerous');
    expect(verdictSentence([])).toBe('It asks for no code');
  });
});
