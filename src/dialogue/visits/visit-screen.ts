import { z } from 'zod'
import { heardNow } from '#dialogue/hearing.ts'
import { sentIn } from '#dialogue/messages/sent-in.ts'
import { byId, defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import type { Picture } from '#dialogue/view.ts'
import {
  type AnswerOutcome,
  answerVisit,
  isVisitorExpected,
  type NewVisitAnswer,
} from '#features/visits/visit-answers.ts'
import { openDoorCode, openVisitContent } from '#features/visits/visit-content.ts'
import { isAhead } from '#features/visits/visit-transitions.ts'
import { visibleAnswers, visitForMember } from '#features/visits/visits-for-member.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { photoOf } from '#storage/staff/staff-photos.ts'
import { aboutVisit } from './about-visit.ts'
import { direct, directIn } from './direct.ts'
import { doorView, visitView } from './visit-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    visit: z.infer<typeof visitState>
    'visit-door': z.infer<typeof visitDoorState>
  }
  interface Links {
    visit: 'visit'
  }
}

const dayMs = 24 * 60 * 60 * 1000

const visitState = z.object({ visitId: z.uuid(), direct })

/** One visit for a member who may see it. The door code is shown here and nowhere else on the family's side. */
export const visitScreen = defineScreen({
  name: 'visit',
  state: visitState,
  aside: true,
  varies: ['direct'],
  links: { visit: byId((turn, visitId) => ({ to: { name: 'visit', visitId, ...directIn(turn) } })) },
  afterCommit: (_, visit, tap) =>
    tap?.arg.startsWith('code-refused-') ? { name: 'visit-door', visitId: visit.visitId } : visit,
  about: (turn, { visitId }) => aboutVisit(turn, visitId),
  draw: async ({ deps, who, now, builder }, { visitId }) => {
    const { database, sealer, region } = deps
    const { visit } = await visitForMember(database, who, visitId)
    const seen = await visibleAnswers(database, { visit, personId: who?.person.id ?? '' })
    const comes = await findStaff(database, visit.staffId)
    const ahead = isAhead(visit, now)
    return visitView(builder, {
      visit,
      content: openVisitContent(sealer, visit),
      code: ahead ? openDoorCode(sealer, visit) : null,
      // Whoever has left the centre does not come, whoever says their name at the door.
      comes: comes && (comes.active || !ahead) ? { name: comes.name, role: comes.role } : null,
      picture: ahead && comes?.active ? await pictureOf(deps, visit.staffId) : null,
      confirmed: seen.confirmed,
      said: seen.own.at(-1) ?? null,
      ahead,
      soon: visit.startsAt.getTime() - now.getTime() < dayMs,
      atTheDoor: isVisitorExpected(visit, now),
      timeZone: region.timeZone,
      now,
    })
  },
  tap: async (turn, { visitId, direct }, tap) => {
    if (tap.action === 'back' && !direct) return { to: await listOf(turn, visitId) }
    const [, kind, version] = /^([a-z-]{1,20})-(\d{1,6})$/.exec(tap.action === 'set' ? tap.arg : '') ?? []
    const seen = { visitId, version: Number(version) }
    switch (kind) {
      case 'confirmed':
      case 'call-me':
        return said(turn, seen, { kind })
      case 'code-refused':
        return refused(turn, seen)
      case 'other-time':
        return ask(turn, seen, { name: 'visit-slots', ...seen })
      case 'late':
        return ask(turn, seen, { name: 'visit-late', ...seen })
      default:
        return null
    }
  },
})

const visitDoorState = z.object({ visitId: z.uuid() })

/** The visitor did not say the code: what to do now, while supervisors are alerted. */
export const visitDoorScreen = defineScreen({
  name: 'visit-door',
  state: visitDoorState,
  aside: true,
  about: (turn, { visitId }) => aboutVisit(turn, visitId),
  draw: async ({ deps, who, builder }, { visitId }) => {
    await visitForMember(deps.database, who, visitId)
    return doorView(builder, { visitId, contact: deps.organisation.contact })
  },
})

/** The list of visits of the visit's family. */
const listOf = async ({ deps, who }: Turn, visitId: string): Promise<Step['to']> => {
  const { familyId } = (await visitForMember(deps.database, who, visitId)).visit
  return { name: 'visits', familyId }
}

type Seen = { visitId: string; version: number }

const notices: Record<
  Exclude<AnswerOutcome, 'alarming' | 'apart' | 'kept'>,
  (answer: NewVisitAnswer) => string
> = {
  done: ({ kind }) => (kind === 'confirmed' ? 'visit.done.confirmed' : 'visit.done.passed'),
  again: () => 'visit.done.again',
  changed: () => 'visit.done.changed',
  taken: () => 'visit.done.taken',
}

/** Words with an answer that stand in the conversation; whoever comes learns no more of them than that the time does not suit. */
export const wordsSent = async (
  turn: Turn,
  { familyId, outcome, answer }: { familyId: string; outcome: AnswerOutcome; answer: NewVisitAnswer },
): Promise<Step> => {
  const bare = answer.kind === 'other-time' && (outcome === 'apart' || outcome === 'kept')
  return { to: await sentIn(turn, familyId), ...(bare && { notice: turn.say.t('visit.done.bare') }) }
}

/** Records an answer to the version that was seen, and shows the current visit. */
export const said = async (turn: Turn, { visitId, version }: Seen, answer: NewVisitAnswer): Promise<Step> => {
  const { deps, who, now, say } = turn
  const given = { who, visitId, version, answer, ...heardNow(turn), now }
  const answered = await turn.once((tx) => answerVisit(tx, deps, given))
  if (answered === 'alarming' || answered === 'apart' || answered === 'kept') {
    // Answered as in a conversation: with the crisis numbers.
    const { familyId } = (await visitForMember(deps.database, who, visitId)).visit
    return wordsSent(turn, { familyId, outcome: answered, answer })
  }
  const notice = say.t(notices[answered](answer))
  if (answered === 'taken') return { to: { name: 'visit-slots', visitId, version }, notice }
  return { to: { name: 'visit', visitId }, notice }
}

const refused = async (turn: Turn, { visitId, version }: Seen): Promise<Step> => {
  const { deps, who, now, say } = turn
  const answer: NewVisitAnswer = { kind: 'code-refused' }
  const answered = await turn.once((tx) => answerVisit(tx, deps, { who, visitId, version, answer, now }))
  if (answered === 'changed') return { to: { name: 'visit', visitId }, notice: say.t('visit.done.changed') }
  return { to: { name: 'visit-door', visitId } }
}

/** Opens a question about a visit; if the visit has changed or is over, shows the visit instead. */
const ask = async ({ deps, who, now, say }: Turn, seen: Seen, to: Step['to']): Promise<Step> => {
  const { visit } = await visitForMember(deps.database, who, seen.visitId)
  if (isAhead(visit, now) && visit.version === seen.version) return { to }
  return { to: { name: 'visit', visitId: seen.visitId }, notice: say.t('visit.done.changed') }
}

const pictureOf = async ({ database }: Turn['deps'], staffId: string): Promise<Picture | null> => {
  const photo = await photoOf(database, staffId)
  return photo && { key: `staff.${photo.hash}`, content: async () => photo.bytes }
}
