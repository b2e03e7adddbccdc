import { countCharacters } from '#core/words.ts'
import type { Screen } from '#dialogue/screen.ts'
import { lateView, slotsView } from './visit-view.ts'
import { createPen, paragraphs } from '#dialogue/card-builder.ts'
import { lateMinutes } from '#features/visits/visit-answers.ts'
import { freeSlotsForVisit } from '#features/visits/free-time.ts'
import { visitForMember } from '#features/visits/visits-for-member.ts'
import { said } from './visit-screen.ts'

const longestWish = 500

/** «Another time»: one of the hours that whoever comes has free, or words. */
export const visitSlotsScreen: Screen<'visit-slots'> = {
  draw: async ({ deps, who, now, say, session }, { visitId }) => {
    const { visit } = await visitForMember(deps.database, who, visitId)
    const slots = await freeSlotsForVisit(deps.database, deps.region, { visit, now })
    const { timeZone } = deps.region
    return slotsView(createPen(say, session.revision), { slots, visit, timeZone, now })
  },
  tap: (turn, { visitId, version }, tap) => {
    if (tap.action === 'back') return { to: { name: 'visit', visitId } }
    if (tap.action === 'write') return { to: { name: 'visit-words', visitId, version } }
    if (tap.action !== 'set' || !/^\d{1,11}$/.test(tap.arg)) return null
    const slot = new Date(Number(tap.arg) * 1000)
    return said(turn, { visitId, version }, { kind: 'other-time', slot })
  },
}

/** When it would suit the family, in its own words. */
export const visitWordsScreen: Screen<'visit-words'> = {
  draw: async ({ deps, who, say, session }, { visitId, problem }) => {
    await visitForMember(deps.database, who, visitId)
    const text = paragraphs(problem && `⚠️ ${say.t('visitTime.tooLong')}`, say.t('visitTime.words'))
    return createPen(say, session.revision).card('visit-words', text, [])
  },
  tap: (_, { visitId, version }, tap) =>
    tap.action === 'back' ? { to: { name: 'visit-slots', visitId, version } } : null,
  words: (turn, { visitId, version }, text) =>
    countCharacters(text) > longestWish
      ? { to: { name: 'visit-words', visitId, version, problem: 'too-long' } }
      : said(turn, { visitId, version }, { kind: 'other-time', text }),
}

export const visitLateScreen: Screen<'visit-late'> = {
  draw: async ({ deps, who, say, session }, { visitId }) => {
    await visitForMember(deps.database, who, visitId)
    return lateView(createPen(say, session.revision), lateMinutes)
  },
  tap: (turn, { visitId, version }, tap) => {
    if (tap.action === 'back') return { to: { name: 'visit', visitId } }
    const minutes = lateMinutes.find((one) => tap.action === 'set' && String(one) === tap.arg)
    return minutes === undefined ? null : said(turn, { visitId, version }, { kind: 'late', minutes })
  },
}
