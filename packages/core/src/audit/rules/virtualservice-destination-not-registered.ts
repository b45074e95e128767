import { analysisContext } from '../istioctl/analysis-context';
import { destinationHosts } from '../istioctl/destination-hosts';
import { destinationSubsets } from '../istioctl/destination-subsets';
import type { Rule } from '../rule';

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

export const virtualserviceDestinationNotRegistered: Rule = {
  id: 'virtualservice/destination-not-registered',
  level: 'error',
  title: 'a route leads to nothing',
  why: 'the host, port or subset is not registered: the call fails with 503',
  inputs: ['services'],
  aliases: ['IST0101'],
  tags: [],
  *check({ mesh }) {
    const context = analysisContext({ resources: mesh.resources, issues: [] }, mesh.istioVersion);
    const hits = [destinationHosts, destinationSubsets].flatMap(analyzer => [
      ...analyzer.analyze(context),
    ]);
    for (const { code, object, source, path, message } of hits) {
      if (code !== 'IST0101') continue;
      yield {
        object,
        source,
        ...(path === undefined ? {} : { path }),
        message: lowerFirst(message),
      };
    }
  },
};
