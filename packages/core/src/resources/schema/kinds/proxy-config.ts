import { int32, map, message, nullable, text } from '../make-type';
import { matchLabelsSelector } from './selectors';

/** Spec of ProxyConfig. */
export const proxyConfigSchema = message({
  concurrency: nullable(int32({ minimum: 0 })),
  environmentVariables: map(text({ maxLength: 2048 })),
  image: message({
    imageType: text(),
  }),
  selector: matchLabelsSelector,
});
