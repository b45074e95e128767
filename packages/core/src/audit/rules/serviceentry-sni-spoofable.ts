import { isTlsPort } from '../facts/entry-protocol';
import { trustingEntries } from '../facts/trusting-entries';
import type { Rule } from '../rule';

export const serviceentrySniSpoofable: Rule = {
  id: 'serviceentry/sni-spoofable',
  level: 'warning',
  title: 'a TLS entry with resolution NONE trusts the server name',
  why: 'the server name is what the client claims; the connection goes to the address that the client dialled',
  inputs: [],
  aliases: [],
  tags: ['S30', 'ATT&CK M1037'],
  check: context => trustingEntries(context, isTlsPort, host => `the server name \`${host}\``),
};
