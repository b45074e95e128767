import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { der, objectIdentifier } from './der';
import { selfSignedCertificate } from './self-signed-certificate';

test('the certificate is for 127.0.0.1, for a month, and signed by itself', () => {
  const now = new Date('2030-05-06T07:08:09Z');
  const certificate = new X509Certificate(selfSignedCertificate(now).certificate);
  expect(certificate.subjectAltName).toBe('IP Address:127.0.0.1');
  expect(certificate.ca).toBe(true);
  expect(new Date(certificate.validFrom).toISOString()).toBe('2030-05-05T07:08:09.000Z');
  expect(new Date(certificate.validTo).toISOString()).toBe('2030-06-05T07:08:09.000Z');
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.checkIssued(certificate)).toBe(true);
});

test('a certificate of any length can be read', () => {
  // signatures differ in length, so that now and then the last line is a full one
  for (let time = 0; time < 40; time += 1) {
    const { certificate } = selfSignedCertificate(new Date('2030-05-06T07:08:09Z'));
    expect(new X509Certificate(certificate).ca).toBe(true);
    expect(certificate).not.toContain('\n\n');
  }
});

test('lengths over 127 say first how many bytes they take', () => {
  expect(der(0x04, Buffer.alloc(127)).subarray(0, 2)).toEqual(Buffer.from([0x04, 0x7f]));
  expect(der(0x04, Buffer.alloc(128)).subarray(0, 3)).toEqual(Buffer.from([0x04, 0x81, 0x80]));
  expect(der(0x04, Buffer.alloc(300)).subarray(0, 4)).toEqual(
    Buffer.from([0x04, 0x82, 0x01, 0x2c]),
  );
});

test('numbers of an identifier over 127 take several bytes', () => {
  expect(objectIdentifier('1.2.840.10045')).toEqual(
    Buffer.from([0x06, 0x05, 0x2a, 0x86, 0x48, 0xce, 0x3d]),
  );
});
