import { describe, expect, it } from 'vitest';
import { eventLink, restorable } from '@/components/activity/event-link';
import type { ActivityEvent } from '@/lib/domain/activity/schema';

const event: ActivityEvent = {
  id: 'event_1',
  action: 'created',
  resourceType: 'project',
  resourceId: 'project_1',
  resourceName: 'Traffic',
  message: 'Created project Traffic',
  details: {},
  user: null,
  createdAt: '2026-11-20T08:00:00.000Z',
  seen: true,
  archived: false,
};

describe('the link of an event', () => {
  it('leads to the thing by its id, which outlives its name', () => {
    expect(eventLink(event)).toBe('/projects/project_1');
    expect(eventLink({ ...event, resourceType: 'model', resourceId: 'model_1' })).toBe('/models/model_1');
  });

  it('leads to the trash for what was moved there, and nowhere for what is gone', () => {
    expect(eventLink({ ...event, action: 'trashed' })).toBe('/trash');
    expect(eventLink({ ...event, action: 'deleted' })).toBeNull();
  });

  it('offers to restore projects and models that went to the trash, nothing else', () => {
    expect(restorable({ ...event, action: 'trashed' })).toEqual({ id: 'project_1', type: 'project' });
    expect(restorable(event)).toBeNull();
    expect(restorable({ ...event, action: 'trashed', resourceType: 'dataset' })).toBeNull();
  });
});
