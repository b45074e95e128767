import { connectionSymptoms } from './connection-symptoms';
import { httpSymptoms } from './http-symptoms';
import type { SymptomEntry } from './symptom-entry';
import { tlsSymptoms } from './tls-symptoms';

/** Everything that can be worked backwards; of two entries that fit equally well the first counts. */
export const symptomCatalogue: readonly SymptomEntry[] = [
  ...tlsSymptoms,
  ...connectionSymptoms,
  ...httpSymptoms,
];
