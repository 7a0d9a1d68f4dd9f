'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { downloadBlob } from '@/components/test/take-away/download-blob';
import { useTrainActions, useTrainSession } from '@/components/train/session/session-context';
import { plainFault } from '@/components/train/session/train-core';
import { labelledImages, taskOf } from '@/components/train/session/train-state';
import { Button } from '@/components/ui/button';

/** Saves the labels as a ZIP that trainers of the field read. */
export function SaveLabelsButton() {
  const { store } = useTrainSession();
  const { reportInput } = useTrainActions();
  const [isSaving, setSaving] = useState(false);

  async function save(): Promise<void> {
    setSaving(true);
    try {
      const state = store.getState();
      const { classFolderFiles, objectLabelFiles } = await import('@/components/train/take-away/dataset-files');
      const { zipFiles } = await import('@/components/train/take-away/zip-files');
      const set = { images: labelledImages(state), document: state.history.present, skeleton: state.skeleton };
      const files = taskOf(state) === 'classify' ? classFolderFiles(set) : objectLabelFiles(set);
      downloadBlob(await zipFiles(files), 'labels.zip');
    } catch (error) {
      reportInput(plainFault(error));
    } finally {
      setSaving(false);
    }
  }

  return (
    <Button
      variant="ghost"
      size="icon-small"
      aria-label="Save labels"
      data-tip="Save the labels as a ZIP: YOLO text files, classes.txt and data.yaml; of whole images, folders of pictures"
      disabled={isSaving}
      onClick={() => void save()}
    >
      <Download size={14} aria-hidden />
    </Button>
  );
}
