import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { formatDay } from '#core/dates.ts'
import { DomainError } from '#core/errors.ts'
import { errorTexts } from '#dialogue/errors.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { recordableEvents } from '#features/cases/events-for-staff.ts'
import { stageAfterEvent } from '#features/cases/next-term.ts'
import { readDay } from '#features/cases/typed-day.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { recordOwnEvent } from '#features/families/act-on-family.ts'
import { isReadInBot } from '#features/families/read-in-bot.ts'
import { familyForVisitStaff } from '#features/visits/visits-for-staff.ts'
import { type CaseEventKind, caseEventKinds } from '#regions/case-rules.ts'
import { ofFamilyInCharge } from './family-link.ts'
import { readSafety } from './read-safety.ts'
import { familyEventDayView, familyEventsView } from './staff-family-event-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'family-event': EventState
  }
  interface Links {
    'f-event': 'family-event'
  }
}

const eventState = z.object({
  familyId: z.uuid(),
  kind: z.enum(caseEventKinds).optional(),
  problem: z.string().optional(),
})
type EventState = z.infer<typeof eventState>

/** Records what happened to a case: what, then on which day. Terms are counted from that day. */
export const familyEventScreen = defineScreen({
  name: 'family-event',
  state: eventState,
  aside: true,
  varies: ['problem'],
  links: { 'f-event': ofFamilyInCharge((familyId) => ({ name: 'family-event', familyId })) },
  afterCommit: (_, { familyId }) => ({ name: 'family-case', familyId }),
  draw: async (turn, { familyId, kind, problem }) => {
    const { deps, who, now, builder } = turn
    const { region, database } = deps
    const family = await familyForVisitStaff(database, who?.staff, familyId, now)
    const facts = { family, region, now, safety: await readSafety(turn, familyId) }
    if (kind === undefined)
      return familyEventsView(builder, {
        ...facts,
        kinds: await recordableEvents(database, region, family, now),
      })
    return familyEventDayView(builder, {
      ...{ ...facts, kind, to: stageAfterEvent(region, family.stage, kind), problem: problem ?? null },
      read: await isReadInBot(database, familyId),
    })
  },
  tap: async (turn, { familyId, kind }, tap) => {
    if (tap.action === 'no') return { to: { name: 'family-event', familyId } }
    const chosen = tap.action === 'set' && caseEventKinds.find((one) => one === tap.arg)
    if (chosen) return { to: { name: 'family-event', familyId, kind: chosen } }
    if (tap.action !== 'done' || kind === undefined || !/^[01]$/.test(tap.arg)) return null
    const today = dayAt(turn.now, turn.deps.region.timeZone)
    return record(turn, { familyId, kind, on: today.subtract({ days: Number(tap.arg) }).toString() })
  },
  words: async (turn, { familyId, kind }, text) => {
    if (kind === undefined) return { to: { name: 'family-event', familyId } }
    const on = readDay(text, { now: turn.now, timeZone: turn.deps.region.timeZone })
    if (on === null) return { to: { name: 'family-event', familyId, kind, problem: 'caseEvents.unclear' } }
    return record(turn, { familyId, kind, on })
  },
})

const record = async (
  turn: Turn,
  { familyId, kind, on }: { familyId: string; kind: CaseEventKind; on: string },
): Promise<Step> => {
  const { who, now, deps, say } = turn
  try {
    await turn.once((tx) => recordOwnEvent(tx, deps, { staff: who?.staff, familyId, kind, on, now }))
  } catch (error) {
    const asked = error instanceof DomainError && error.field === 'on'
    if (!asked) throw error
    return { to: { name: 'family-event', familyId, kind, problem: errorTexts[error.code] } }
  }
  const { timeZone } = deps.region
  const instant = new Date(Temporal.PlainDate.from(on).toZonedDateTime(timeZone).epochMilliseconds)
  const day = formatDay(say, { instant, timeZone, now })
  const what = say.label(`caseEvents.kinds.${kind}`)
  return { to: { name: 'family-case', familyId }, notice: say.t('caseEvents.done', { what, day }) }
}
