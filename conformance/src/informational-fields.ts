const container = ['env', 'privileged', 'capabilities', 'runAsNonRoot'];

/** Fields of the records, dotted, that tell a reader more and are not compared. */
export const informationalFields: ReadonlyMap<string, readonly string[]> = new Map([
  ['kernel', ['hooks.iif', 'hooks.oif', 'hooks.rules']],
  ['rules', ['message', 'messageContains', 'rejectedText', 'rejectMessage', 'routesError']],
  ['validation', ['errors', 'warnings', 'crd.errors']],
  ['injection', ['selectors']],
  [
    'interception',
    [
      'messageContains',
      'rejectedText',
      'rejectMessage',
      'annotations',
      'cni.redirect',
      ...container.flatMap(key => [`initContainer.${key}`, `proxyContainer.${key}`]),
    ],
  ],
  ['outbound', ['basis']],
  ['inbound', ['basis']],
  [
    'e2e',
    [
      'hops',
      'alpn',
      'tlsPeer',
      'alsoReached',
      'envoyRoute',
      'http.server',
      'http.version',
      'http.body',
      'http.bodyEmpty',
      ...[
        'source',
        'path',
        'method',
        'headers',
        'protocol',
        'handshake',
        'inner',
        'innerSni',
        'viaConnect',
      ].map(key => `reached.${key}`),
    ],
  ],
]);
