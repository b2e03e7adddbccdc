import { DomainError } from '#core/errors.ts'
import type { InTalk } from '#features/danger/ear.ts'
import type { Answers, GivenConsent } from '#features/intake/answers.ts'
import { isOutsider } from '#features/intake/questions.ts'
import { addressOfApplicant, walk } from '#features/intake/walk.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { TappedKind } from '#storage/consents/consents.ts'
import type { Tx } from '#storage/database.ts'
import { markSafetyToCopy } from '#storage/families/safety-facts.ts'
import { finishDraft } from '#storage/intake/intake.ts'
import type { Snapshot } from '#storage/people.ts'
import { openRequest } from './open-request.ts'
import { splitAnswers } from './request-content.ts'
import type { StepDeps } from './request-step.ts'
import { alarmsIn, urgentReasons } from './urgency.ts'

/**
 * Turns a complete draft into a request: number, due date by the region's rule, consents, assignment and
 * cards, all in the caller's transaction. The draft is deleted, so a second Submit finds none. Throws
 * `draft-incomplete`, `consent-missing`, `already-open`.
 */
export const submitRequest = async (
  tx: Tx,
  deps: StepDeps,
  {
    who,
    answers: all,
    talk = null,
    now,
  }: {
    who: Snapshot
    answers: Answers
    /** The talk in which it was told. */
    talk?: InTalk
    now: Date
  },
): Promise<{ requestId: string; number: string }> => {
  const { region } = deps
  if (who.openRequest) throw new DomainError('already-open')
  const { gap, answers: walked } = walk(all, region)
  // The short way asks little; what was answered before it goes along.
  const answers = all.short ? unasked({ ...all, ...walked }) : walked
  const { applicant, territory, supportRequest, dataSharing } = answers
  // Nobody can ask for support, or share details, in the name of another family.
  const outside = isOutsider(answers)
  if (!outside && !supportRequest?.given) throw new DomainError('consent-missing')
  const shares = dataSharing ?? (answers.short || outside ? notShared : undefined)
  if (gap !== null || !applicant || !territory || !shares || !who.draft)
    throw new DomainError('draft-incomplete')

  const { draft } = who
  const own: TappedKind = addressOfApplicant(answers) === 'minor' ? 'minor-agreement' : 'support-request'
  const consents = [
    supportRequest && !outside ? consentRow(own, supportRequest) : null,
    dataSharing && !outside ? consentRow('data-sharing', dataSharing) : null,
  ].filter((consent) => consent !== null)
  return openRequest(tx, deps, {
    draftId: draft.id,
    personId: who.person.id,
    language: who.person.language,
    territory,
    kind: region.applicants[applicant].registeredAs,
    applicant,
    helpKinds: answers.helpKinds ?? [],
    representativeConsent: representativeConsent(answers),
    dataSharing: shares.given,
    ...splitAnswers(answers),
    reasons: alarmsIn(tx, answers, talk).then((alarms) => urgentReasons(answers, region, alarms)),
    now,
    atOnce: true,
    begin: async (requestId, announcing) => {
      const events = consents.map(({ kind, version }) => ({
        type: 'consent.given' as const,
        now,
        requestId,
        data: { kind, version },
      }))
      const [, marked] = await Promise.all([
        finishDraft(tx, { personId: who.person.id, draft, requestId, consents, now }),
        // What they say about their safety belongs to them, also in a family that has been supported for long.
        markSafetyToCopy(tx, who.person.id),
        ...[{ type: 'request.submitted' as const, now, requestId }, ...events].map((event) =>
          announce(tx, announcing, event),
        ),
      ])
      if (marked > 0) await deps.enqueue(tx, 'safety-copy', {})
    },
  })
}

/** Not asked on the short way, and therefore not given. */
const notShared = { given: false } as const

/** Whether parents may know is not asked on the short way either: until somebody does, speaking with them is unsafe. */
const unasked = (answers: Answers): Answers =>
  answers.applicant === 'minor' ? { parents: 'unsafe', ...answers } : answers

const consentRow = (kind: TappedKind, { given, version, textHash, language, at }: GivenConsent) =>
  given ? { kind, version, textHash, language, givenAt: new Date(at) } : null

/** Whether support needs the legal representative's consent, and whether asking for it is safe. */
const representativeConsent = ({ applicant, parents }: Answers) => {
  if (applicant !== 'minor') return 'not-needed'
  return parents === 'unsafe' ? 'unsafe' : 'needed'
}
