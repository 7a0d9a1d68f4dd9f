import { describe, expect, it } from 'vitest';
import { smallResults } from '@/lib/engines/vision/dialects/test-support/small-results';
import { predictionsCsv } from '@/lib/engines/vision/exports/predictions-csv';

describe('CSV', () => {
  it('has one line per prediction under a header', () => {
    const lines = predictionsCsv([{ imageName: 'bus.jpg', result: smallResults.detect }]).split('\r\n');
    expect(lines[0]).toMatch(/^image,image_width,image_height,task,class_id,class_name,confidence,x1,y1,x2,y2,/);
    expect(lines[1]).toBe('bus.jpg,40,20,detect,1,car,0.875,10,4,14.25,8,12.125,6,4.25,4,,,,,,');
    expect(lines).toHaveLength(4);
    expect(lines[3]).toBe('');
  });

  it('has as many fields in every line as in the header, for every task', () => {
    const items = Object.values(smallResults).map((result) => ({ imageName: 'a.jpg', result }));
    const [header = '', ...lines] = predictionsCsv(items).trimEnd().split('\r\n');
    for (const line of lines) expect(line.split(',')).toHaveLength(header.split(',').length);
  });

  it('quotes commas, quotes and line breaks', () => {
    const csv = predictionsCsv([{ imageName: 'a,"b"\n.jpg', result: smallResults.depth }]);
    expect(csv).toContain('"a,""b""\n.jpg",2,1,depth');
  });

  it.each(['=1+1', '+SUM(A1)', '-cmd', '@x', '\t=1'])('does not let the class name %j run as a formula', (name) => {
    const result = { ...smallResults.detect, names: ['person', name] };
    expect(predictionsCsv([{ imageName: 'bus.jpg', result }])).toContain(`,1,'${name},0.875`);
  });

  it('does not let an image name run as a formula', () => {
    const csv = predictionsCsv([{ imageName: '=HYPERLINK("http://x")', result: smallResults.depth }]);
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`);
  });

  it('leaves negative coordinates to be numbers', () => {
    const [first] = smallResults.pose.detections;
    const keypoints = [{ x: -1, y: 2, visibility: null }];
    const result = { ...smallResults.pose, detections: first ? [{ ...first, keypoints }] : [] };
    expect(predictionsCsv([{ imageName: 'a.jpg', result }])).toContain(',-1 2,');
  });
});
