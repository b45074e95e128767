import type { Target } from '../model';
import { parseCNumber } from '../tool-number';
import { refused } from './rule-error';
import { done, type Reader, type RuleParts, unknownOption } from './rule-parts';
import { listenPort, mark, redirectPorts } from './values';

/** A target before its options are read. */
function bareTarget(value: string): Target {
  switch (value) {
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
    case 'LOG':
    case 'TRACE':
      return { kind: value };
    case 'REDIRECT':
      return { kind: 'REDIRECT', port: 0 };
    case 'TPROXY':
      return { kind: 'TPROXY', port: 0, mark: 0, mask: 0 };
    case 'MARK':
      return { kind: 'MARK', value: 0, mask: 0xffffffff };
    case 'CONNMARK':
      return { kind: 'CONNMARK', action: 'save' };
    case 'CT':
      return { kind: 'CT', zone: 0 };
    default:
      return { kind: 'jump', chain: value };
  }
}

const jump: Reader = (parts, { value }) => {
  if (parts.target !== undefined) return refused('multiple -j flags not allowed');
  parts.target = bareTarget(value);
  return done;
};

/** The port that is asked for in the packet is left alone when `--to-ports` is missing. */
const redirectPort: Reader = (parts, { name, value }) => {
  if (parts.target?.kind !== 'REDIRECT') return unknownOption(name);
  if (parts.protocol === undefined) {
    return refused('Need TCP, UDP, SCTP or DCCP with port specification');
  }
  const result = redirectPorts(value);
  if (!result.ok) return result;
  const { from, to } = result.value;
  parts.target = { kind: 'REDIRECT', port: from, ...(to === from ? {} : { lastPort: to }) };
  return done;
};

const tproxyPort: Reader = (parts, { name, value }) => {
  if (parts.target?.kind !== 'TPROXY') return unknownOption(name);
  const result = listenPort(value);
  if (!result.ok) return result;
  parts.target = { ...parts.target, port: result.value };
  return done;
};

const tproxyMark: Reader = (parts, { name, value }) => {
  if (parts.target?.kind !== 'TPROXY') return unknownOption(name);
  const result = mark(value, 'TPROXY', name);
  if (!result.ok) return result;
  parts.target = { ...parts.target, mark: result.value.value, mask: result.value.mask };
  return done;
};

/** `--set-mark` clears the bits of the mask and those it sets; `--set-xmark` clears and inverts (`iptables-extensions(8)`). */
const setMark =
  (exclusive: boolean): Reader =>
  (parts, { name, value }) => {
    if (parts.target?.kind !== 'MARK') return unknownOption(name);
    const result = mark(value, 'MARK', name);
    if (!result.ok) return result;
    const { value: bits, mask } = result.value;
    parts.target = { kind: 'MARK', value: bits, mask: exclusive ? mask : (mask | bits) >>> 0 };
    return done;
  };

const zone: Reader = (parts, { name, value }) => {
  if (parts.target?.kind !== 'CT') return unknownOption(name);
  const number = parseCNumber(value);
  if (number === undefined || number > 65535) return refused(`Cannot parse ${value} as a zone ID`);
  parts.target = { kind: 'CT', zone: number };
  return done;
};

/** Options of targets, each with one value. */
export const targetOptions: ReadonlyMap<string, Reader> = new Map([
  ['-j', jump],
  ['--jump', jump],
  ['--to-port', redirectPort],
  ['--to-ports', redirectPort],
  ['--on-port', tproxyPort],
  ['--tproxy-mark', tproxyMark],
  ['--set-mark', setMark(false)],
  ['--set-xmark', setMark(true)],
  ['--zone', zone],
]);

/** Words without a value. `--random` only changes how a port of a range is picked. */
export const targetFlags: ReadonlyMap<string, (parts: RuleParts) => boolean> = new Map([
  ['--save-mark', (parts: RuleParts) => connmark(parts, 'save')],
  ['--restore-mark', (parts: RuleParts) => connmark(parts, 'restore')],
  ['--random', (parts: RuleParts) => parts.target?.kind === 'REDIRECT'],
]);

function connmark(parts: RuleParts, action: 'save' | 'restore'): boolean {
  if (parts.target?.kind !== 'CONNMARK') return false;
  parts.target = { kind: 'CONNMARK', action };
  return true;
}
