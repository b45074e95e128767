import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { der, objectIdentifier, sequence, utcTime } from './der';

/** A certificate that is its own authority, and its key; both PEM. */
export interface SelfSignedCertificate {
  readonly certificate: string;
  readonly key: string;
}

const day = 86_400_000;
const trueValue = Buffer.from([0x01, 0x01, 0xff]);
const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));
const bitString = (content: Buffer) => der(0x03, Buffer.from([0]), content);

const nameOf = (commonName: string) =>
  sequence(der(0x31, sequence(objectIdentifier('2.5.4.3'), der(0x0c, Buffer.from(commonName)))));

/** That it may sign, and that it is for 127.0.0.1 (RFC 5280, 4.2.1.9 and 4.2.1.6). */
const extensions = der(
  0xa3,
  sequence(
    sequence(objectIdentifier('2.5.29.19'), trueValue, der(0x04, sequence(trueValue))),
    sequence(
      objectIdentifier('2.5.29.17'),
      der(0x04, sequence(der(0x87, Buffer.from([127, 0, 0, 1])))),
    ),
  ),
);

/** In lines of 64 characters, none of them empty: OpenSSL takes an empty line for the end. */
const pem = (label: string, content: Buffer) => {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
};

/** Makes a certificate for 127.0.0.1 that is good for a month (RFC 5280, 4.1). */
export function selfSignedCertificate(now: Date): SelfSignedCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = nameOf('fake-kubernetes');
  const serial = randomBytes(8);
  serial[0] = 0x01; // positive, and not shortened
  const version3 = der(0xa0, der(0x02, Buffer.from([2])));
  const validity = sequence(
    utcTime(new Date(now.getTime() - day)),
    utcTime(new Date(now.getTime() + 30 * day)),
  );
  const toBeSigned = sequence(
    version3,
    der(0x02, serial),
    ecdsaWithSha256,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions,
  );
  const signature = bitString(sign('sha256', toBeSigned, privateKey));
  return {
    certificate: pem('CERTIFICATE', sequence(toBeSigned, ecdsaWithSha256, signature)),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
