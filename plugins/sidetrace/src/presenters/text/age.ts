const units = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const;

/** `3 minutes ago` in the reader's language; a future time counts as now. */
export function ageText(iso: string, now: number, language: string): string {
  const elapsed = Math.max(0, now - Date.parse(iso));
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const fitting = units.find(({ ms }) => elapsed >= ms);
  return fitting === undefined
    ? format.format(0, 'minute')
    : format.format(-Math.floor(elapsed / fitting.ms), fitting.unit);
}
