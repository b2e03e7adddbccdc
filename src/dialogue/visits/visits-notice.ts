import { DomainError } from '#core/errors.ts'
import { type CardBuilder, createCardBuilder } from '#dialogue/card-builder.ts'
import type { CardDeps, CardFacts, CardView } from '#dialogue/families/family-card.ts'
import type { Notice } from '#dialogue/requests/requests-notice.ts'
import type { DialogueDeps } from '#dialogue/screen.ts'
import { canSee, viewerOf } from '#features/families/audience.ts'
import { visitForStaff } from '#features/visits/visits-for-staff.ts'
import type { FamilyCard } from '#queue/family-cards.ts'
import { namesOfStaff } from '#storage/staff/staff.ts'
import type { VisitCardRecipient } from '#storage/visits/visit-cards.ts'
import { findVisit, type Visit } from '#storage/visits/visits.ts'
import { visitNewsView } from './staff-visit-view.ts'
import { spokenMoment } from './visit-words-view.ts'

/** A card about a family's visit: a member answered, or the visitor did not say the door code. */
export const visitCards: Partial<Record<FamilyCard, CardView>> = {
  'visit-answer': (deps, builder, facts) => visitCard(deps, builder, facts, 'visit-answer'),
  'code-refused': (deps, builder, facts) => visitCard(deps, builder, facts, 'code-refused'),
}

const visitCard = async (
  deps: CardDeps,
  builder: CardBuilder,
  { family, staff, subjectId }: CardFacts,
  kind: 'visit-answer' | 'code-refused',
) => {
  const { database, region, clock } = deps
  const visit = await findVisit(database, subjectId)
  if (!visit) return null
  const open = await mayOpen(deps, staff, visit.id)
  const names = await namesOfStaff(database, [visit.staffId])
  const words = { say: builder.say, timeZone: region.timeZone, now: clock.now() }
  return visitNewsView(builder, {
    // Without a reachable curator the card goes to those who appoint one.
    kind: kind === 'visit-answer' && !open ? 'visit-answer-away' : kind,
    visitId: open ? visit.id : null,
    number: family.number,
    when: spokenMoment(words, visit.startsAt),
    name: names.get(visit.staffId) ?? '',
  })
}

const mayOpen = async (
  { database, clock }: CardDeps,
  staff: CardFacts['staff'],
  visitId: string,
): Promise<boolean> => {
  try {
    await visitForStaff(database, staff, visitId, clock.now())
    return true
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found') return false
    throw error
  }
}

/**
 * Updates a sent visit notice after a move or cancellation. Null if the visit no longer concerns the reader, and for a
 * discreet notice, which named no day and leads to the current visit anyway.
 */
export const retoldNotice = (
  { texts, region, clock }: Pick<DialogueDeps, 'texts' | 'region' | 'clock'>,
  visit: Visit,
  { person, version, member }: VisitCardRecipient,
): Notice | null => {
  if (person.pushMode !== 'open' || !canSee(viewerOf(member), visit)) return null
  const language = person.language === 'en' ? 'en' : 'ru'
  const { say, link } = createCardBuilder(
    texts.for(language, person.address === 'minor' ? 'minor' : 'adult'),
    0,
  )
  // What several moves add up to is not known; the current state is.
  const moved = version === visit.version - 1 ? visit.lastMove : 'more'
  const what = visit.status === 'cancelled' ? 'cancelled' : moved
  const when = spokenMoment({ say, timeZone: region.timeZone, now: clock.now() }, visit.startsAt)
  return {
    account: person.account,
    view: {
      screen: 'push.visit-retold',
      html: say.t(`visit.redrawn.${what}`, { when }),
      rows: [[link(say.label('notice.open'), 'visit', visit.id)]],
    },
  }
}
