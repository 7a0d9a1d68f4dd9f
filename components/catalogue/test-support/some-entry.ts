import type { CatalogueEntry } from '@/lib/domain/catalogue/schema';

/** Weights of the catalogue as the API gives them, changed where a test cares. */
export function someEntry(changes: Partial<CatalogueEntry> = {}): CatalogueEntry {
  return {
    name: 'yolo11n',
    fileName: 'yolo11n.pt',
    family: 'yolo11',
    scale: 'n',
    task: 'detect',
    trainedOn: 'COCO, 80 classes',
    license: { id: 'AGPL-3.0', name: 'AGPL-3.0', summary: 'Share alike.', url: 'https://licence.example' },
    sourceUrl: 'https://weights.example/yolo11n.pt',
    approximateBytes: 6_000_000,
    state: 'absent',
    stateReason: null,
    receivedBytes: 0,
    totalBytes: null,
    sha256: null,
    isLicenseAccepted: false,
    ...changes,
  };
}
