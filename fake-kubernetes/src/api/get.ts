import { jsonReply, notFound, type Reply } from '../reply';
import type { CollectionRequest } from './collection-request';
import { presentedObject } from './presented-object';

/** Answers a request for one object. */
export function get(request: CollectionRequest, name: string): Reply {
  const { store, resource, namespace, version } = request;
  const object = store.get(resource, namespace ?? '', name);
  return object === undefined
    ? notFound({ group: resource.group, plural: resource.plural, name })
    : jsonReply(presentedObject(object, resource, version));
}
