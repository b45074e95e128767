import { isHttpPort } from '../facts/entry-protocol';
import { trustingEntries } from '../facts/trusting-entries';
import type { Rule } from '../rule';

export const serviceentryResolutionNoneHttp: Rule = {
  id: 'serviceentry/resolution-none-http',
  level: 'warning',
  title: 'resolution NONE trusts the client about the destination',
  why: 'the connection goes to the address that the client dialled; the Host header or server name only has to match',
  inputs: [],
  aliases: [],
  tags: ['S30', 'ATT&CK M1037'],
  check: context => trustingEntries(context, isHttpPort, host => `\`Host: ${host}\``),
};
