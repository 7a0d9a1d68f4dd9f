import { type OfficialWeights, weightsLicense } from '@/lib/domain/catalogue/official-weights';
import type { CatalogueFileRow } from '@/lib/domain/catalogue/repository';
import type { CatalogueEntry } from '@/lib/domain/catalogue/schema';

type Known = {
  readonly address: string;
  readonly file: CatalogueFileRow | null;
  readonly isLicenseAccepted: boolean;
};

/** Weights of the catalogue as callers see them. */
export function presentEntry(weights: OfficialWeights, { address, file, isLicenseAccepted }: Known): CatalogueEntry {
  return {
    ...weights,
    license: weightsLicense,
    sourceUrl: address,
    state: file?.state ?? 'absent',
    stateReason: file?.stateReason ?? null,
    receivedBytes: file?.receivedBytes ?? 0,
    totalBytes: file?.totalBytes ?? null,
    sha256: file?.sha256 ?? null,
    isLicenseAccepted,
  };
}
