import { describe, expect, test } from 'vitest';
import { personOf } from './person-cookie';
import { chosenPerson } from './sign-in';

describe('the person of the demo', () => {
  test('is read from its cookie among others', () => {
    expect(personOf('a=1; sidetrace-demo-person=developer; b=2')).toBe('developer');
    expect(personOf('x-sidetrace-demo-person=developer')).toBeUndefined();
    expect(personOf(undefined)).toBeUndefined();
  });

  test('is the guest when nobody is chosen, and never one that the demo does not have', () => {
    expect(chosenPerson(undefined).userRef).toBe('user:default/guest');
    expect(chosenPerson('sidetrace-demo-person=developer').userRef).toBe('user:default/developer');
    for (const name of ['root', '', '__proto__']) {
      expect(() => chosenPerson(`sidetrace-demo-person=${name}`)).toThrow('no person');
    }
  });
});
