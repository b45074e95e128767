/** Someone to look at the demo portal as. */
export interface DemoPerson {
  readonly title: string;
  /** The user's entity. */
  readonly userRef: string;
  /** Groups that the user speaks for. */
  readonly groupRefs: readonly string[];
}

/** The group whose members see every mesh. */
export const platformGroup = 'group:default/platform';

/** The people of the demo by the name in the sign-in address; also entities of `examples/catalog.yaml`. */
export const demoPeople: ReadonlyMap<string, DemoPerson> = new Map([
  [
    'guest',
    {
      title: 'a platform engineer, who sees every mesh',
      userRef: 'user:default/guest',
      groupRefs: ['group:default/guests', platformGroup],
    },
  ],
  [
    'developer',
    {
      title: 'a developer, who owns shop-web and sees only that',
      userRef: 'user:default/developer',
      groupRefs: ['group:default/shop'],
    },
  ],
]);

/** Whom a visitor is who has not chosen. */
export const defaultPerson = 'guest';
