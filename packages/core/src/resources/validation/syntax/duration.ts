import { compareWithMilliseconds, type Duration } from '../../schema';

const hasParts = (duration: Duration) => duration.nanos % 1_000_000 !== 0;

/** `ValidateDuration`: at least a millisecond, in whole milliseconds. */
export function checkDuration(duration: Duration): string | undefined {
  if (compareWithMilliseconds(duration, 1) < 0) return 'duration must be greater than 1ms';
  return hasParts(duration) ? 'only durations to ms precision are supported' : undefined;
}

/** `ValidateProtocolDetectionTimeout`: any sign, zero switches it off. */
export const checkPrecision = (duration: Duration): string | undefined =>
  hasParts(duration) ? 'only durations to ms precision are supported' : undefined;

export const isZeroDuration = (duration: Duration): boolean =>
  duration.seconds === 0 && duration.nanos === 0;
