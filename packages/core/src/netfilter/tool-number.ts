/** What a tool makes of a word where it wants a number. */
export type ToolNumber =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name' }
  | { readonly kind: 'bad' };

/** C's `strtoul(text, &end, 0)`: decimal, `0x` hexadecimal, leading `0` octal; the whole word has to be used up. */
export function parseCNumber(text: string): number | undefined {
  if (/^0[xX][0-9a-fA-F]+$/.test(text)) return Number.parseInt(text, 16);
  if (/^0[0-7]*$/.test(text)) return Number.parseInt(text, 8);
  return /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
}

/** Service names that Debian's netbase lists and that people write for ports; the tool asks /etc/services for them. */
const serviceNames = new Set(
  'ftp ftp-data ssh telnet smtp time domain tftp finger http kerberos pop3 sunrpc ntp imap2 snmp ldap https smtps submission ldaps imaps pop3s socks ms-sql-s mysql postgresql amqp redis http-alt nfs rsync syslog mqtt openvpn radius sip rtsp xmpp-client git svn munin zabbix-agent'.split(
    ' ',
  ),
);

/** A port: a number up to 65535, or a service name that depends on the image. */
export function toolPort(text: string): ToolNumber {
  const value = parseCNumber(text);
  if (value !== undefined) return value <= 65535 ? { kind: 'number', value } : { kind: 'bad' };
  return serviceNames.has(text) ? { kind: 'name' } : { kind: 'bad' };
}

/** A user or group: a number, or a name that depends on the image's /etc/passwd or /etc/group. */
export function toolOwner(text: string): ToolNumber {
  const value = parseCNumber(text);
  if (value !== undefined) return value <= 0xffffffff ? { kind: 'number', value } : { kind: 'bad' };
  return /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(text) ? { kind: 'name' } : { kind: 'bad' };
}
