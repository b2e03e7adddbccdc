import { z } from 'zod'
import { formatDayUntil } from '#core/dates.ts'
import { countCharacters } from '#core/words.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import { defineScreen } from '#dialogue/screen.ts'
import type { View } from '#dialogue/view.ts'
import { type Around, termName } from '#dialogue/worklist/need-view.ts'
import { dayOfMoment } from '#features/cases/case-record.ts'
import { openTermsOf } from '#features/cases/history-for-staff.ts'
import { explainOwnTerm } from '#features/families/act-on-family.ts'
import type { CaseTerm } from '#storage/cases/case-terms.ts'
import type { Family } from '#storage/families/families.ts'
import { ofFamilyInCharge } from './family-link.ts'
import { rowsOfFive } from './staff-case-history-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'family-terms': z.infer<typeof termsState>
  }
  interface Links {
    'f-terms': 'family-terms'
  }
}

const termsState = z.object({
  familyId: z.uuid(),
  termId: z.uuid().optional(),
  problem: z.literal('tooLong').optional(),
})
const longestWords = 500

/** The open terms of a family; why one of them is not kept, in words. */
export const familyTermsScreen = defineScreen({
  name: 'family-terms',
  state: termsState,
  aside: true,
  varies: ['problem'],
  links: { 'f-terms': ofFamilyInCharge((familyId) => ({ name: 'family-terms', familyId })) },
  afterCommit: (_, { familyId }) => ({ name: 'family-case', familyId }),
  draw: async ({ deps, who, now, builder }, { familyId, termId, problem }) => {
    const found = await openTermsOf(deps.database, { staff: who?.staff, familyId, now })
    const around = { region: deps.region, now }
    const term = found.terms.find(({ id }) => id === termId)
    return term
      ? explanationView(builder, { ...found, ...around, term, problem: problem !== undefined })
      : termsView(builder, { ...found, ...around })
  },
  tap: (_, { familyId }, tap) => {
    if (tap.action === 'back') return { to: { name: 'family-terms', familyId } }
    const termId = tap.action === 'set' ? z.uuid().safeParse(tap.arg).data : undefined
    return termId === undefined ? null : { to: { name: 'family-terms', familyId, termId } }
  },
  words: async (turn, { familyId, termId }, text) => {
    if (termId === undefined) return null
    if (countCharacters(text) > longestWords)
      return { to: { name: 'family-terms', familyId, termId, problem: 'tooLong' } }
    const { deps, who, now, say } = turn
    await turn.once((tx) =>
      explainOwnTerm(tx, deps, { staff: who?.staff, familyId, termId, words: text, now }),
    )
    return { to: { name: 'family-case', familyId }, notice: say.t('caseTerms.done') }
  },
})

type Facts = Around & { family: Family; terms: readonly CaseTerm[] }

const spoken = ({ say }: CardBuilder, { code, actBy, dueOn }: CaseTerm, { region, now }: Around) => ({
  what: termName(say, region.code, code),
  // Nine o'clock in UTC is that day in every zone of the regions.
  until: formatDayUntil(say, {
    instant: new Date(`${actBy}T09:00:00Z`),
    timeZone: region.timeZone,
    now,
  }),
  over: dayOfMoment(region, now) > dueOn,
})

const termsView = (builder: CardBuilder, { family: { id, number }, terms, ...around }: Facts): View => {
  const { say, button, link, card } = builder
  const lines = terms.map((term, index) => {
    const { over, ...values } = spoken(builder, term, around)
    return `${index + 1}. ${say.t(over ? 'caseTerms.past' : 'caseTerms.line', values)}`
  })
  const text = lines.length === 0 ? say.t('caseTerms.none') : lines.join('\n')
  return card(
    'family-terms',
    paragraphs(say.t('caseTerms.title', { number }), text, lines.length > 0 && say.t('caseTerms.hint')),
    [
      ...rowsOfFive(terms.map((term, index) => button(String(index + 1), 'set', term.id))),
      [link(say.label('caseload.card'), 'f-card', id)],
    ],
  )
}

const explanationView = (
  builder: CardBuilder,
  { family: { number }, term, problem, ...around }: Facts & { term: CaseTerm; problem: boolean },
): View => {
  const { say, card } = builder
  const { over, ...words } = spoken(builder, term, around)
  const values = { number, ...words }
  return card(
    'family-terms',
    paragraphs(
      problem && `⚠️ ${say.t('caseTerms.tooLong')}`,
      say.t(over ? 'caseTerms.whyPast' : 'caseTerms.why', values),
    ),
    [],
  )
}
