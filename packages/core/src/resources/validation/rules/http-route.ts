import { type Findings, reject, rejectIf, withoutWarnings } from '../findings';
import { validateDuration } from './connection-pool';
import { validateDestinations } from './destination';
import { validateAuthorityRewrite, validateHeaders } from './headers';
import {
  checkRedirect,
  checkRewrite,
  validateCors,
  validateDirectResponse,
  validateFault,
  validateMirrors,
  validateRetries,
} from './http-actions';
import { validateHttpMatch } from './http-match';
import type { HttpRouteMessage } from './virtual-service-message';

type Place = { readonly path: string; readonly delegate: boolean };

/** A route that delegates has neither redirect nor destinations of its own. */
function validateRoot(findings: Findings, route: HttpRouteMessage, path: string): void {
  const refuse = (what: string) =>
    reject(findings, 'conflict', path, `root HTTP route ${route.name} must not specify ${what}`);
  if (route.redirect !== undefined) refuse('redirect');
  if (route.route.length > 0) refuse('route');
}

function validateRedirecting(findings: Findings, route: HttpRouteMessage, path: string): void {
  const refuse = (message: string) => reject(findings, 'conflict', path, message);
  if (route.route.length > 0) refuse('HTTP route cannot contain both route and redirect');
  if (route.fault !== undefined) refuse('HTTP route cannot contain both fault and redirect');
  if (route.rewrite !== undefined) {
    refuse('HTTP route rule cannot contain both rewrite and redirect');
  }
  if (route.directResponse !== undefined) {
    refuse('HTTP route rule cannot contain both direct_response and redirect');
  }
}

function validateResponding(findings: Findings, route: HttpRouteMessage, path: string): void {
  const refuse = (message: string) => reject(findings, 'conflict', path, message);
  if (route.route.length > 0) refuse('HTTP route cannot contain both route and direct_response');
  if (route.fault !== undefined) refuse('HTTP route cannot contain both fault and direct_response');
  if (route.rewrite !== undefined) {
    refuse('HTTP route rule cannot contain both rewrite and direct_response');
  }
}

/** `validateHTTPRouteConflict`: what a route does is said once. */
function validateConflicts(findings: Findings, route: HttpRouteMessage, place: Place): void {
  const { path, delegate } = place;
  if (!delegate && route.delegate !== undefined) {
    validateRoot(findings, route, path);
    return;
  }
  if (delegate && route.delegate !== undefined) {
    reject(findings, 'conflict', `${path}.delegate`, 'delegate HTTP route cannot contain delegate');
  }
  if (route.redirect !== undefined) validateRedirecting(findings, route, path);
  else if (route.directResponse !== undefined) validateResponding(findings, route, path);
  else if (route.route.length === 0) {
    const message = 'HTTP route, redirect or direct_response is required';
    reject(findings, 'missing', path, message);
  }
  if (route.mirror !== undefined && route.mirrors.length > 0) {
    const message = 'HTTP route cannot contain both mirror and mirrors';
    reject(findings, 'conflict', path, message);
  }
}

function validateActions(findings: Findings, route: HttpRouteMessage, path: string): void {
  const { corsPolicy, fault, redirect, directResponse, retries, rewrite } = route;
  if (corsPolicy !== undefined) validateCors(findings, corsPolicy, `${path}.corsPolicy`);
  if (fault !== undefined) {
    withoutWarnings(findings, inner => validateFault(inner, fault, `${path}.fault`));
  }
  if (redirect !== undefined) {
    rejectIf(findings, 'match-invalid', `${path}.redirect`, checkRedirect(redirect));
  }
  if (directResponse !== undefined) {
    validateDirectResponse(findings, directResponse, `${path}.directResponse`);
  }
  if (retries !== undefined) validateRetries(findings, retries, `${path}.retries`);
  if (rewrite !== undefined) {
    rejectIf(findings, 'match-invalid', `${path}.rewrite`, checkRewrite(rewrite));
  }
}

/** `validateHTTPRoute`. */
export function validateHttpRoute(findings: Findings, route: HttpRouteMessage, place: Place): void {
  const { path } = place;
  validateConflicts(findings, route, place);
  route.match.forEach((match, at) => {
    validateHttpMatch(findings, match, `${path}.match.${at}`);
  });
  validateHeaders(findings, route.headers, `${path}.headers`);
  validateActions(findings, route, path);
  validateMirrors(findings, route, path);
  const authority = route.rewrite?.authority ?? '';
  validateAuthorityRewrite(findings, authority, route.headers, `${path}.headers.request`);
  route.route.forEach((target, at) => {
    validateHeaders(findings, target.headers, `${path}.route.${at}.headers`);
  });
  validateDestinations(findings, route.route, `${path}.route`);
  validateDuration(findings, route.timeout, `${path}.timeout`);
}
