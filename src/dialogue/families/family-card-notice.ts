import { DomainError } from '#core/errors.ts'
import { createCardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import { hiddenCards } from '#dialogue/hiding/hidden-notice.ts'
import { messageCards } from '#dialogue/messages/messages-notice.ts'
import { planCards } from '#dialogue/plan/plan-notice.ts'
import { unreachableCards } from '#dialogue/pushes/unreachable-notice.ts'
import type { Notice } from '#dialogue/requests/requests-notice.ts'
import { surveyCards } from '#dialogue/surveys/surveys-notice.ts'
import { visitCards } from '#dialogue/visits/visits-notice.ts'
import { isCardReader } from '#features/families/card-readers.ts'
import { mayReach } from '#features/families/reach-family.ts'
import type { FamilyCard } from '#queue/family-cards.ts'
import { findFamily } from '#storage/families/families.ts'
import { personOf } from '#storage/people.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { afterWorseCards } from './after-worse-notice.ts'
import { consentWithdrawnCards } from './consent-withdrawn-notice.ts'
import { curatorDeclinedCards } from './curator-declined-notice.ts'
import type { CardDeps, CardView } from './family-card.ts'
import { isWarnedOf } from './read-safety.ts'
import { reachRow } from './staff-reach-view.ts'

const views: Partial<Record<FamilyCard, CardView>> = {
  ...messageCards,
  ...planCards,
  ...surveyCards,
  ...unreachableCards,
  ...hiddenCards,
  ...visitCards,
  ...afterWorseCards,
  ...curatorDeclinedCards,
  ...consentWithdrawnCards,
}

const answered: readonly FamilyCard[] = [
  'message',
  'activity-question',
  'plan-proposal',
  'hidden',
  'consent-withdrawn',
]
/** Whether a card asks to call, to meet or to hurry, rather than to answer in the bot. */
const urgesToAct = (kind: FamilyCard): boolean => !answered.includes(kind)

/** A card about a family for one member of staff; null if there is nothing to say or they are not responsible. */
export const familyCardNotice = async (
  deps: CardDeps,
  {
    familyId,
    staffId,
    kind,
    subjectId = '',
  }: { familyId: string; staffId: string; kind: FamilyCard; subjectId?: string | undefined },
): Promise<Notice | null> => {
  const staff = await findStaff(deps.database, staffId)
  const person = staff?.personId && (await personOf(deps.database, staff.personId))
  const family = await findFamily(deps.database, familyId)
  if (!staff || !person || !family) return null
  const now = deps.clock.now()
  if (!(await isCardReader(deps.database, deps.region, staff, { family, kind, subjectId, now }))) return null
  const draw = views[kind]
  if (!draw) throw new DomainError('not-found')
  const builder = createCardBuilder(deps.texts.for(person.language, 'adult'), 0, { staff: true })
  const view = await draw(deps, builder, { family, staff, subjectId })
  if (!view) return null
  const may = urgesToAct(kind) && (await mayReach(deps.database, staff, family, now))
  const rows = [...view.rows, ...reachRow(builder, { familyId, may })]
  const warned = urgesToAct(kind) && (await isWarnedOf(deps, family, now))
  const html = paragraphs(view.html, warned && builder.say.t('safety.ahead'))
  return { account: person.account, view: { ...view, html, rows } }
}
