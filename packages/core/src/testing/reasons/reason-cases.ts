import { notCapturedCases } from './not-captured-cases';
import { policyCases } from './policy-cases';
import { protocolCases } from './protocol-cases';
import type { ReasonCase } from './reason-case';
import { registryCases } from './registry-cases';
import { unknownCases } from './unknown-cases';
import { upstreamCases } from './upstream-cases';

/** A case for every reason code that a call can have. */
export const reasonCases: readonly ReasonCase[] = [
  ...notCapturedCases,
  ...registryCases,
  ...policyCases,
  ...protocolCases,
  ...upstreamCases,
  ...unknownCases,
];
