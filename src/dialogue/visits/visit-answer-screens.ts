import { z } from 'zod'
import { countCharacters } from '#core/words.ts'
import { paragraphs } from '#dialogue/card-builder.ts'
import { defineScreen } from '#dialogue/screen.ts'
import { freeSlotsForVisit } from '#features/visits/free-time.ts'
import { lateMinutes } from '#features/visits/visit-answers.ts'
import { visitForMember } from '#features/visits/visits-for-member.ts'
import { aboutVisit } from './about-visit.ts'
import { said } from './visit-screen.ts'
import { lateView, slotsView } from './visit-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'visit-slots': z.infer<typeof visitSlotsState>
    'visit-words': z.infer<typeof visitWordsState>
    'visit-late': z.infer<typeof visitLateState>
  }
}

const longestWish = 500

/** The version of the visit that was seen; an answer to an earlier one is refused. */
const version = z.number().int().min(0)

const visitSlotsState = z.object({ visitId: z.uuid(), version })

/** «Another time»: a free hour of the visitor's, or words. */
export const visitSlotsScreen = defineScreen({
  name: 'visit-slots',
  state: visitSlotsState,
  aside: true,
  afterCommit: (_, { visitId }) => ({ name: 'visit', visitId }),
  about: (turn, { visitId }) => aboutVisit(turn, visitId),
  draw: async ({ deps, who, now, builder }, { visitId }) => {
    const { visit } = await visitForMember(deps.database, who, visitId)
    const slots = await freeSlotsForVisit(deps.database, deps.region, { visit, now })
    const { timeZone } = deps.region
    return slotsView(builder, { slots, visit, timeZone, now })
  },
  tap: (turn, { visitId, version }, tap) => {
    if (tap.action === 'back') return { to: { name: 'visit', visitId } }
    if (tap.action === 'write') return { to: { name: 'visit-words', visitId, version } }
    if (tap.action !== 'set' || !/^\d{1,11}$/.test(tap.arg)) return null
    const slot = new Date(Number(tap.arg) * 1000)
    return said(turn, { visitId, version }, { kind: 'other-time', slot })
  },
})

const visitWordsState = z.object({ visitId: z.uuid(), version, problem: z.string().optional() })

/** Takes the time that would suit the family, in its own words. */
export const visitWordsScreen = defineScreen({
  name: 'visit-words',
  state: visitWordsState,
  aside: true,
  varies: ['problem'],
  afterCommit: (_, { visitId }) => ({ name: 'visit', visitId }),
  about: (turn, { visitId }) => aboutVisit(turn, visitId),
  draw: async ({ deps, who, say, builder }, { visitId, problem }) => {
    await visitForMember(deps.database, who, visitId)
    const text = paragraphs(problem && `⚠️ ${say.t('visitTime.tooLong')}`, say.t('visitTime.words'))
    return builder.card('visit-words', text, [])
  },
  tap: (_, { visitId, version }, tap) =>
    tap.action === 'back' ? { to: { name: 'visit-slots', visitId, version } } : null,
  words: (turn, { visitId, version }, text) =>
    countCharacters(text) > longestWish
      ? { to: { name: 'visit-words', visitId, version, problem: 'too-long' } }
      : said(turn, { visitId, version }, { kind: 'other-time', text }),
})

const visitLateState = z.object({ visitId: z.uuid(), version })

export const visitLateScreen = defineScreen({
  name: 'visit-late',
  state: visitLateState,
  aside: true,
  afterCommit: (_, { visitId }) => ({ name: 'visit', visitId }),
  about: (turn, { visitId }) => aboutVisit(turn, visitId),
  draw: async ({ deps, who, builder }, { visitId }) => {
    await visitForMember(deps.database, who, visitId)
    return lateView(builder, lateMinutes)
  },
  tap: (turn, { visitId, version }, tap) => {
    if (tap.action === 'back') return { to: { name: 'visit', visitId } }
    const minutes = lateMinutes.find((one) => tap.action === 'set' && String(one) === tap.arg)
    return minutes === undefined ? null : said(turn, { visitId, version }, { kind: 'late', minutes })
  },
})
