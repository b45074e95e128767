import { describe, expect, it } from 'vitest';
import { parseProtocol, servicePortProtocol } from './protocol';

const port = (name: string, more: object = {}) => ({ name, port: 8080, protocol: 'TCP', ...more });

describe('protocol of a Service port', () => {
  it.each([
    ['http', 'HTTP'],
    ['HTTP-web', 'HTTP'],
    ['grpc-web-x', 'GRPC-Web'],
    ['grpc-x', 'GRPC'],
    ['mongo-db', 'Mongo'],
    ['web', 'Unsupported'],
    ['httpx', 'Unsupported'],
    ['', 'Unsupported'],
  ])('a port named %j is %s', (name, expected) => {
    expect(servicePortProtocol(port(name))).toBe(expected);
  });

  it('appProtocol beats the name, also when it says nothing', () => {
    expect(servicePortProtocol(port('http', { appProtocol: 'tcp' }))).toBe('TCP');
    expect(servicePortProtocol(port('http', { appProtocol: 'acme.org/x' }))).toBe('Unsupported');
    expect(servicePortProtocol(port('tcp', { appProtocol: 'kubernetes.io/h2c' }))).toBe('HTTP2');
  });

  it('undeclared ports of server-first protocols are TCP', () => {
    expect(servicePortProtocol({ name: 'db', port: 3306, protocol: 'TCP' })).toBe('TCP');
    expect(servicePortProtocol({ name: 'db', port: 3307, protocol: 'TCP' })).toBe('Unsupported');
  });

  it('a UDP port is UDP whatever its name says', () => {
    expect(servicePortProtocol(port('http', { protocol: 'UDP' }))).toBe('UDP');
  });

  it('a ServiceEntry protocol is read in any letter case and never inferred', () => {
    expect(parseProtocol('tls')).toBe('TLS');
    expect(parseProtocol('http-web')).toBe('Unsupported');
  });
});
