import { describe, expect, it } from 'vitest';
import { modelsCsv } from '@/components/models/models-csv';
import { someModel } from '@/components/models/test-support/some-model';

describe('models as CSV', () => {
  it('has a head and a line for each model, with whole numbers', () => {
    expect(modelsCsv([someModel({ parameters: 3_157_200 })], ['task', 'parameters', 'precision'])).toBe(
      'Name,Id,Task,Parameters,Precision\r\nStreet,model_1,detect,3157200,fp32\r\n',
    );
  });

  it('leaves empty what is not known', () => {
    const model = { ...someModel(), task: null, metadata: null };
    expect(modelsCsv([model], ['task', 'parameters'])).toContain('model_1,,\r\n');
  });

  it('makes names harmless that a spreadsheet would run', () => {
    const model = { ...someModel(), name: '=HYPERLINK("http://evil","x"), now' };
    expect(modelsCsv([model], [])).toContain(`"'=HYPERLINK(""http://evil"",""x""), now",model_1`);
  });
});
