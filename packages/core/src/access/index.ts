export {
  type AccessProtocol,
  type AccessRow,
  type Control,
  type Delivery,
  type Verdict,
  verdicts,
} from './row';
