import { z } from 'zod';
import { tasks } from '@/lib/core/task';
import { description, displayName, projectId, visibility } from '@/lib/domain/projects/schema';

const weightsLicense = z.object({
  id: z.string().describe('SPDX identifier'),
  name: z.string(),
  summary: z.string().describe('What it asks of whoever uses the weights, in short'),
  url: z.url(),
});

/** Official weights as the catalogue lists them, with what this server has of them. */
export const catalogueEntry = z
  .object({
    name: z.string().describe('Such as yolo11n-seg'),
    fileName: z.string(),
    family: z.string(),
    scale: z.enum(['n', 's', 'm', 'l', 'x']),
    task: z.enum(tasks),
    trainedOn: z.string(),
    license: weightsLicense,
    sourceUrl: z.url().describe('Where the publisher keeps the file'),
    approximateBytes: z.number().int().describe('Rough size of the file before it is known'),
    state: z
      .enum(['absent', 'waiting', 'downloading', 'ready', 'failed'])
      .describe('absent: nobody fetched it yet. ready: this server has it'),
    stateReason: z.string().nullable().describe('Why it failed'),
    receivedBytes: z.number().int(),
    totalBytes: z.number().int().nullable().describe('Null until the publisher has said it'),
    sha256: z.string().nullable(),
    isLicenseAccepted: z.boolean().describe('Whether somebody of this workspace accepted the licence for this file'),
  })
  .meta({ id: 'CatalogueEntry' });
export type CatalogueEntry = z.infer<typeof catalogueEntry>;

export const catalogueName = z
  .string()
  .regex(/^[\w.-]{1,64}$/, 'expected the name of official weights')
  .describe('Such as yolo11n-seg');

export const startDownloadInput = z.object({
  acceptLicense: z
    .literal(true, { error: 'expected true: the file is only fetched for those who accept its licence' })
    .describe('That you accept the licence which the entry names'),
});

export const createModelFromWeightsInput = z.object({
  projectId,
  name: displayName.optional().describe('Default: the name of the weights'),
  description: description.default(''),
  visibility: visibility.optional().describe('Default: the project’s'),
});
export type CreateModelFromWeightsInput = z.infer<typeof createModelFromWeightsInput>;
