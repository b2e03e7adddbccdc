import type { DangerKind } from './danger-kinds.ts'

/**
 * What the crisis card is about, the most pressing first: kinds that call for the same first steps share one. Drink comes
 * before hunger, because somebody who cannot be woken needs an ambulance.
 */
export const advices = [
  'suicide',
  'abuse',
  'violence',
  'ownHands',
  'ranAway',
  'noShelter',
  'drunk',
  'alone',
  'hunger',
  'call',
] as const
export type Advice = (typeof advices)[number]

const adviceOf: Record<DangerKind, Advice> = {
  suicide: 'suicide',
  'self-harm': 'suicide',
  'sexual-abuse': 'abuse',
  violence: 'violence',
  threats: 'violence',
  control: 'violence',
  'own-hands': 'ownHands',
  'ran-away': 'ranAway',
  'no-shelter': 'noShelter',
  alone: 'alone',
  hunger: 'hunger',
  drunk: 'drunk',
  call: 'call',
}

/** The most pressing advice for what was heard: the first of `advices`. */
export const adviceFor = (kinds: readonly DangerKind[]): Advice =>
  advices.find((advice) => kinds.some((kind) => adviceOf[kind] === advice)) ?? 'call'

/** Numbers beside 112 that belong to an advice, by their texts. The children's helpline is for parents, too. */
export const numbersFor: Record<Advice, readonly ('police' | 'ambulance' | 'children')[]> = {
  suicide: ['ambulance', 'children'],
  abuse: ['police', 'ambulance', 'children'],
  violence: ['police', 'ambulance', 'children'],
  ownHands: ['ambulance', 'children'],
  ranAway: ['police', 'children'],
  noShelter: ['police', 'children'],
  alone: ['children'],
  hunger: ['children'],
  drunk: ['police', 'ambulance', 'children'],
  call: ['police', 'ambulance', 'children'],
}

/** What an urgent circumstance of a region's list is about. */
export const circumstanceKinds: Readonly<Record<string, DangerKind>> = {
  'suicide-risk': 'suicide',
  'self-harm': 'self-harm',
  'child-abuse': 'violence',
  'family-in-danger': 'violence',
  'family-conflict': 'violence',
}
