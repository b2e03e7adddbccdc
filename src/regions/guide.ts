import type { FactId } from './facts.ts'

/**
 * «What people fear most» and «what to do tonight» as data. Adults and minors have topics of their own, because their fears
 * differ. The words are texts: `<kind>.lines.<topic>.<line>`, with the region behind it where they differ.
 */
export type GuideLine = {
  id: string
  facts: readonly [FactId, ...FactId[]]
  /** The words differ by region; a region without its own does not have the line. */
  regional?: true
}
export type GuideTopic = { id: string; lines: readonly GuideLine[] }
export type GuideKind = 'fears' | 'tonight'
type ByAudience = Readonly<Record<'adult' | 'minor', readonly GuideTopic[]>>

const line = (id: string, ...facts: GuideLine['facts']): GuideLine => ({ id, facts })
const ofRegion = (id: string, ...facts: GuideLine['facts']): GuideLine => ({ id, facts, regional: true })
const topic = (id: string, ...lines: readonly GuideLine[]): GuideTopic => ({ id, lines })

const fears: ByAudience = {
  adult: [
    topic(
      'taken',
      line('asking', 'asking-no-ground'),
      line('threat', 'removal-threat'),
      line('order', 'removal-threat', 'removal-exceptional'),
      line('honest', 'duty-to-report', 'duty-of-anyone'),
    ),
    topic(
      'known',
      line('readers', 'readers-here'),
      ofRegion('commission', 'commission'),
      line('sharing', 'sharing-asked'),
      line('duty', 'duty-to-report'),
      line('phone', 'chat-on-phone'),
    ),
    topic(
      'register',
      ofRegion('own', 'own-register'),
      line('asking', 'asking-no-register'),
      line('other', 'dangerous-position'),
      line('duty', 'duty-to-report'),
    ),
    topic(
      'inspection',
      line('service', 'home-survey'),
      line('apart', 'inspection-apart'),
      line('papers', 'entry-with-consent'),
      line('duty', 'duty-to-report'),
    ),
    topic(
      'let-in',
      line('consent', 'entry-with-consent'),
      line('refuse', 'service-refused'),
      ofRegion('act', 'home-survey'),
      line('duty', 'duty-to-report'),
    ),
    topic(
      'debts',
      line('threat', 'removal-threat'),
      line('unnamed', 'debts-unnamed'),
      line('lawyer', 'help-kinds'),
      line('urgent', 'urgent-services'),
    ),
    topic('papers', line('asked', 'no-papers-asked'), line('law', 'who-is-helped')),
    topic(
      'drinking',
      line('court', 'rights-by-court'),
      line('helped', 'addiction-helped'),
      line('honest', 'duty-to-report'),
    ),
    topic(
      'change-of-mind',
      line('refuse', 'service-refused'),
      ofRegion('ends', 'refusal-ends'),
      line('withdraw', 'withdrawal'),
      line('duty', 'duty-to-report'),
    ),
    topic('nameless', line('account', 'account-kept'), line('helpline', 'helpline-nameless')),
  ],
  minor: [
    topic(
      'parents-learn',
      line('apart', 'parents-apart'),
      line('phone', 'chat-on-phone'),
      line('consent', 'parents-apart'),
      line('duty', 'duty-to-report'),
    ),
    topic(
      'me-taken',
      line('asking', 'asking-no-ground'),
      line('threat', 'removal-threat'),
      line('order', 'removal-threat'),
      line('heard', 'child-heard'),
      line('honest', 'duty-to-report', 'duty-of-anyone'),
    ),
    topic(
      'sibling-taken',
      line('asking', 'asking-no-ground'),
      line('threat', 'removal-threat'),
      line('telling', 'not-your-fault'),
      line('honest', 'duty-to-report', 'duty-of-anyone'),
    ),
    topic(
      'who-reads',
      line('readers', 'readers-here'),
      line('sharing', 'sharing-asked'),
      line('duty', 'duty-to-report'),
      line('phone', 'chat-on-phone'),
    ),
    topic(
      'come-home',
      line('agreed', 'visit-agreed'),
      line('survey', 'home-survey'),
      line('papers', 'entry-with-consent'),
    ),
    topic(
      'parents-blamed',
      line('fault', 'not-your-fault'),
      line('court', 'rights-by-court'),
      line('honest', 'duty-to-report'),
    ),
    topic(
      'without-parents',
      line('here', 'minors-ask'),
      line('guardianship', 'child-to-guardianship'),
      line('shelter', 'child-to-shelter'),
      line('helpline', 'helpline-nameless'),
    ),
  ],
}

const tonight: ByAudience = {
  adult: [
    topic(
      'hit',
      line('leave', 'violence-steps'),
      line('call', 'violence-steps'),
      line('bag', 'violence-bag'),
      line('doctor', 'injuries-recorded'),
    ),
    topic('child-suicide', line('near', 'child-suicide-steps'), line('call', 'child-suicide-steps')),
    topic(
      'no-food',
      line('law', 'urgent-services'),
      line('ask', 'hunger-steps'),
      line('baby', 'hunger-steps'),
    ),
    topic(
      'no-shelter',
      line('warm', 'cold-night'),
      line('law', 'urgent-services'),
      line('find', 'shelter-found'),
      line('police', 'shelter-and-police'),
    ),
    topic('own-hands', line('stop', 'own-hands-steps'), line('call', 'own-hands-steps')),
    topic(
      'child-gone',
      line('call', 'missing-at-once'),
      line('search', 'missing-steps'),
      line('volunteers', 'search-volunteers'),
      line('found', 'missing-steps'),
    ),
  ],
  minor: [
    topic(
      'afraid',
      line('leave', 'child-beaten-steps', 'not-your-fault'),
      line('call', 'child-beaten-steps'),
    ),
    topic(
      'they-drink',
      line('fault', 'drunk-steps'),
      line('steps', 'drunk-steps'),
      line('asleep', 'drunk-asleep'),
    ),
    topic(
      'not-live',
      line('tonight', 'own-suicide-tonight'),
      line('near', 'own-suicide-steps'),
      line('call', 'own-suicide-steps', 'helpline-nameless'),
    ),
    topic(
      'touched',
      line('fault', 'not-your-fault', 'abuse-told'),
      line('tell', 'abuse-told'),
      line('traces', 'abuse-traces'),
      line('call', 'abuse-told'),
    ),
    topic(
      'not-home',
      line('stay', 'runaway-steps'),
      line('shelter', 'child-to-shelter'),
      line('call', 'runaway-steps'),
    ),
    topic(
      'hungry',
      line('fault', 'not-your-fault'),
      line('ask', 'hunger-steps'),
      line('alone', 'alone-at-home'),
      line('law', 'urgent-services'),
    ),
  ],
}

export const guide: Readonly<Record<GuideKind, ByAudience>> = { fears, tonight }
