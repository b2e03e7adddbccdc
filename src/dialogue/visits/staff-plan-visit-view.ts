import { formatTime } from '#core/dates.ts'
import { safetyText } from '#dialogue/families/safety-view.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { SafetyFact } from '#features/families/safety-facts.ts'
import type { MomentFacts, PlanningFacts } from '#features/visits/plan-for-staff.ts'
import type { VisitPurpose } from '#features/visits/visit-content.ts'
import type { VisitDetails } from '#features/visits/visit-lists-for-staff.ts'
import type { Family } from '#storage/families/families.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { capital, slotMoment, spokenMoment } from './visit-words-view.ts'

type When = { timeZone: string; now: Date }

/** When: hours to choose from, or words. For a visit that moves, with what the family wished. */
export const wishedTimeView = (
  builder: CardBuilder,
  facts: PlanningFacts & When & { seen: VisitDetails | null; problem: string | null },
): View => {
  const { say, button } = builder
  const { family, offered, safety, seen, problem, timeZone, now } = facts
  const words = { say, timeZone, now }
  const wish = seen?.answers.findLast(({ kind, current }) => current && kind === 'other-time')
  return builder.card(
    'plan-visit',
    paragraphs(
      problem !== null && `⚠️ ${say.t('planVisit.unread')}`,
      seen
        ? say.t('planVisit.move', { number: family.number, when: spokenMoment(words, seen.visit.startsAt) })
        : say.t('planVisit.new', { number: family.number }),
      safetyText(say, safety, { timeZone, now }),
      wish && (wish.text || wish.slot)
        ? say.t('planVisit.wish', {
            wish: wish.text ?? (wish.slot ? spokenMoment(words, wish.slot) : ''),
          })
        : null,
      say.t('planVisit.when'),
    ),
    offered.map((slot) => [button(slotMoment(words, slot), 'set', String(slot.getTime() / 1000))]),
    { confidential: true },
  )
}

export type ChosenMoment = PlanningFacts &
  MomentFacts &
  When & {
    dates: readonly Date[]
    /** Whether one of them is at night. */
    atNight: boolean
    /** Null: a visit that moves keeps its own. */
    purpose: VisitPurpose | null
    chosen: { audience: PlanningFacts['audience']; memberId: string | null }
    safety: readonly SafetyFact[]
    /** Of a new visit; null: at home. */
    place: string | null
  }

/** What speaks for or against the moment, and the button that makes it so. */
export const momentView = (builder: CardBuilder, facts: ChosenMoment): View => {
  const { say } = builder
  const {
    family,
    visitor,
    dates,
    purpose,
    chosen,
    place,
    overlaps,
    cadence,
    safety,
    atNight,
    timeZone,
    now,
  } = facts
  const words = { say, timeZone, now }
  const html = paragraphs(
    say.t('planVisit.title', { number: family.number }),
    [
      ...dates.map((date) => `<b>${capital(spokenMoment(words, date))}</b>`),
      purpose !== null && say.t(`visits.purposes.${purpose}`),
      say.t('staffVisit.comes', { name: visitor.name }),
      purpose !== null &&
        (place === null ? say.t('staffVisit.placeHome') : say.t('staffVisit.place', { place })),
    ]
      .filter(Boolean)
      .join('\n'),
    safetyText(say, safety, { timeZone, now }),
    overlaps.length > 0 &&
      [
        say.t('planVisit.overlaps'),
        ...overlaps.map(({ startsAt, endsAt, familyNumber }) =>
          say.t('planVisit.overlap', {
            from: formatTime(startsAt, timeZone),
            until: formatTime(endsAt, timeZone),
            number: familyNumber,
          }),
        ),
      ].join('\n'),
    atNight && say.t('planVisit.night'),
    cadenceLine(builder, cadence),
    chosen.audience === 'confidential' && say.t('staffVisit.audience.confidential'),
    chosen.audience === null && say.t('planVisit.audience'),
  )
  return builder.card('plan-visit', html, rowsOf(builder, facts), { confidential: true })
}

export const cadenceLine = ({ say }: Pick<CardBuilder, 'say'>, cadence: MomentFacts['cadence']): string => {
  if (!cadence) return say.t('planVisit.noLevel')
  const { level, atMost, per, has } = cadence
  return say.t(`planVisit.cadence.${per}`, {
    level: say.label(`caseload.levels.${level}`),
    most: atMost,
    has,
  })
}

const rowsOf = (builder: CardBuilder, facts: ChosenMoment): Button[][] => {
  const { say, button } = builder
  const { chosen, purpose, dates, unsafe, cadence } = facts
  if (chosen.audience === null && purpose !== null)
    return [
      ...unsafe.map(({ id }) => [button(say.label('planVisit.confidential'), 'agree', id)]),
      [button(say.label('planVisit.family'), 'agree', 'family')],
    ]
  if (purpose === null) return [[button(say.label('planVisit.moveYes'), 'yes')]]
  return [
    [button(say.label('planVisit.yes'), 'yes')],
    ...(cadence
      ? [[button(say.label(dates.length > 1 ? 'planVisit.once' : 'planVisit.series'), 'full')]]
      : []),
    [button(say.label('planVisit.purpose'), 'change')],
  ]
}

/** Where a confidential visit is: the adults must not meet it by chance. */
export const placeView = (
  builder: CardBuilder,
  { family, safety, ...when }: When & { family: Family; safety: readonly SafetyFact[] },
): View => {
  const { say, button } = builder
  return builder.card(
    'plan-visit',
    paragraphs(
      say.t('planVisit.title', { number: family.number }),
      safetyText(say, safety, when),
      say.t('planVisit.where'),
    ),
    [[button(say.label('planVisit.atHome'), 'no')]],
    { confidential: true },
  )
}

export const purposesView = (builder: CardBuilder, purposes: readonly VisitPurpose[]): View => {
  const { say, button } = builder
  return builder.card(
    'plan-visit',
    say.t('planVisit.which'),
    purposes.map((one) => [button(say.label(`planVisit.purposes.${one}`), 'set', one)]),
  )
}
