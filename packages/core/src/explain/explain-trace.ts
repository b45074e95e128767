import type { Trace } from '../simulation';
import { code, type Explanation, place, type Sentence, text } from './explanation';
import { nearSentences } from './near-sentences';
import { reasonTexts } from './reason-texts';

const verbs: Readonly<Record<Trace['disposition'], string>> = {
  delivered: 'reaches its destination',
  'answered-by-proxy': 'is answered by a proxy, not by its destination',
  'closed-by-proxy': 'is accepted and closed by a proxy',
  'upstream-failed': 'is routed, but the connection to its destination fails',
  'denied-by-policy': 'is denied by an AuthorizationPolicy of the receiving side',
  refused: 'is refused',
  waiting: 'hangs: a proxy waits for bytes that the client does not send',
  'not-sent': 'is never sent',
  'not-running': 'cannot be made: there is no such pod',
  undetermined: 'cannot be told from this input',
};

function headline({ call, disposition, symptom }: Trace): Sentence {
  const target = `${call.to}:${call.port}`;
  return [text('The call to '), code(target), text(` ${verbs[disposition]}: ${symptom.summary}.`)];
}

function reasons(trace: Trace): readonly Sentence[] {
  return trace.reasons.map(reason => [code(reason), text(`: ${reasonTexts[reason].meaning}`)]);
}

/** Every blocker in order; those after the first would show once it is gone. */
function blockers(trace: Trace): readonly Sentence[] {
  return trace.blockers.map(({ message, origin }, i) => {
    const head = i === 0 ? message : `behind it: ${message}`;
    return origin === undefined ? [text(head)] : [text(`${head}, because of `), place(origin)];
  });
}

/** Ways that the same call may take instead: by weight, or by the endpoint that is chosen. */
function otherWays({ alternatives = [] }: Trace): readonly Sentence[] {
  return alternatives.map(({ cluster, weight, endpoint, summary }) => [
    code(endpoint ?? cluster),
    text(endpoint === undefined ? ` (weight ${weight}): ${summary}` : ` of ${cluster}: ${summary}`),
  ]);
}

const boundary =
  'A sidecar is not a security boundary: only a NetworkPolicy or a firewall keeps a process from going around it.';

/** A trace in sentences: what happens, why, every blocker, what was taken as given. */
export function explainTrace(trace: Trace): Explanation {
  const { bypass, assumptions, unmodelled, symptom, near = [] } = trace;
  const blocked = trace.blockers.length > 0;
  const passing: readonly Sentence[] =
    bypass === undefined
      ? []
      : [
          bypass.origin === undefined
            ? [text(bypass.message)]
            : [text(`${bypass.message}, because of `), place(bypass.origin)],
        ];
  const sections = [
    { title: 'Why', sentences: [...reasons(trace), ...passing] },
    { title: 'What stands in the way', sentences: blockers(trace) },
    { title: 'Every way', sentences: otherWays(trace) },
    { title: 'What nearly fits', sentences: nearSentences(near) },
    {
      title: 'Taken as given',
      sentences: assumptions.map(({ message }): Sentence => [text(message)]),
    },
    {
      title: 'Not modelled',
      sentences: unmodelled.map(({ message }): Sentence => [text(message)]),
    },
    { title: 'Mind', sentences: blocked && symptom.via === 'envoy' ? [[text(boundary)]] : [] },
  ];
  return {
    headline: headline(trace),
    sections: sections.filter(({ sentences }) => sentences.length > 0),
  };
}
