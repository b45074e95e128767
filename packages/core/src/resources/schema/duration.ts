/** `google.protobuf.Duration`: both parts have the same sign. */
export interface Duration {
  readonly seconds: number;
  readonly nanos: number;
}

const nanosecondsPer: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const second = 1_000_000_000n;
const most = (1n << 63n) - 1n;
const form = /^[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/;
const part = /(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g;

/** What stands behind the point, in nanoseconds: digits past 63 bits are dropped, the rest is a float in Go. */
function fractionOf(digits: string, unit: bigint): bigint {
  let value = 0n;
  let scale = 1;
  for (const digit of digits) {
    const next = value * 10n + BigInt(digit);
    if (next > most) break;
    value = next;
    scale *= 10;
  }
  return BigInt(Math.trunc(Number(value) * (Number(unit) / scale)));
}

/** A duration as Go writes it (`time.ParseDuration`): `1h2m`, `0.5s`, `-1s`, `0`; `undefined` for anything else. */
export function parseGoDuration(text: string): Duration | undefined {
  if (text === '0' || text === '+0' || text === '-0') return { seconds: 0, nanos: 0 };
  if (!form.test(text)) return undefined;
  let total = 0n;
  for (const [, digits = '', fraction = '', unit = 's'] of text.matchAll(part)) {
    const scale = nanosecondsPer[unit] ?? second;
    const whole = digits.replace(/^0+/, '');
    if (whole.length > 19) return undefined;
    total += BigInt(whole === '' ? '0' : whole) * scale + fractionOf(fraction, scale);
    if (total > most) return undefined;
  }
  const signed = text.startsWith('-') ? -total : total;
  return { seconds: Number(signed / second), nanos: Number(signed % second) };
}

/** Negative, zero or positive: how `duration` compares with `milliseconds`. */
export function compareWithMilliseconds(duration: Duration, milliseconds: number): number {
  const seconds = Math.floor(milliseconds / 1000);
  const nanos = (milliseconds - seconds * 1000) * 1_000_000;
  return duration.seconds === seconds ? duration.nanos - nanos : duration.seconds - seconds;
}
