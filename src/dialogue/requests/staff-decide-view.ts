import { escapeHtml, type Say } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { StateOf } from '#dialogue/registry.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { CloseOutcome, Decider, Decision, DecisionWord } from '#features/requests/decision.ts'
import type { DecisionStep } from '#features/requests/decision-draft.ts'
import type { RequestForMember } from '#features/requests/request-for-member.ts'
import type { Region } from '#regions/schema.ts'
import type { Request } from '#storage/requests/requests.ts'
import type { LevelProposal } from '#features/levels/propose-level.ts'
import { proposalText } from '../levels/signs-view.ts'
import { decisionLines } from './decision-view.ts'
import { readerOf, unreadLine } from './staff-act-view.ts'
import { readyWords } from './ready-words-view.ts'

export type DecideFacts = {
  request: Request
  state: StateOf<'decide'>
  /** What is asked now. */
  step: DecisionStep
  outcomes: readonly CloseOutcome[]
  levels: readonly NonNullable<StateOf<'decide'>['level']>[]
  /** As it would be made now; null until nothing is missing. */
  decision: Decision | null
  /** The words that it may have besides. */
  toAdd: readonly DecisionWord[]
  /** The family's language and form of address. */
  family: Say
  /** Of the signs that were ticked. */
  proposal: LevelProposal | null
  curators: readonly { id: string; name: string }[]
  /** Ids of whom is absent now. */
  away: ReadonlySet<string>
  specialist: RequestForMember['specialist']
  contact: string
  region: Region
  now: Date
}

/** The question that the decision lacks; or what the family will read, and the button that makes it so. */
export const decideView = (builder: CardBuilder, facts: DecideFacts): View => {
  const { step, state, decision } = facts
  if (step.ask === 'level') return levelView(builder, facts)
  if (step.ask === 'curator') return curatorView(builder, facts)
  if (step.ask === 'word' && state.outcome) return wordView(builder, facts, state.outcome, step.word)
  if (step.ask === 'confirm' && decision) return confirmView(builder, facts, decision)
  return outcomeView(builder, facts)
}

const outcomeView = (builder: CardBuilder, { request, outcomes }: DecideFacts): View => {
  const { say, button } = builder
  return builder.card(
    'decide',
    paragraphs(say.t('decide.title', { number: request.number }), say.t('decide.outcome')),
    outcomes.map((code) => [button(say.label(`decide.outcomes.${code}`), 'set', code)]),
  )
}

const levelView = (builder: CardBuilder, facts: DecideFacts): View => {
  const { request, levels, state, region } = facts
  const { say, button } = builder
  const label = (code: (typeof levels)[number]) =>
    code === 'later' ? say.label('decide.levelLater') : say.label(`caseload.levels.${code}`)
  return builder.card(
    'decide',
    paragraphs(
      say.t('decide.title', { number: request.number }),
      state.ticked && proposalText(say, region, facts.proposal),
      say.t('decide.level'),
    ),
    [
      ...levels.map((code) => [button(label(code), 'set', code)]),
      ...(region.levelSigns.length > 0 ? [[button(say.label('levels.button'), 'page', '0')]] : []),
    ],
  )
}

/** How many names fit on a card. */
const mostNames = 12

const curatorView = (builder: CardBuilder, { request, curators, away }: DecideFacts): View => {
  const { say, button } = builder
  const absent = curators.filter(({ id }) => away.has(id)).map(({ name }) => name)
  return builder.card(
    'decide',
    paragraphs(
      say.t('decide.title', { number: request.number }),
      say.t(curators.length === 0 ? 'decide.curatorNobody' : 'decide.curator'),
      absent.length > 0 && say.t('decide.curatorAway', { names: absent.join(', ') }),
    ),
    [
      ...curators.slice(0, mostNames).map(({ id, name }) => [button(name, 'set', id)]),
      [button(say.label('decide.curatorLater'), 'set', 'later')],
    ],
  )
}

const saidUnread = ['reason', 'instead', 'passed'] as const
/** Questions that say who reads the answer. */
const isSaidUnread = (word: DecisionWord): word is (typeof saidUnread)[number] =>
  saidUnread.some((one) => one === word)

const wordView = (
  builder: CardBuilder,
  { request, family, state }: DecideFacts,
  outcome: CloseOutcome,
  word: DecisionWord,
): View => {
  const { say, button } = builder
  // Whoever wrote about another family reads none of it, and what is offered is said to a family.
  const unread = unreadLine(say, request)
  const ready = request.applicant === 'other-person' ? [] : readyWords({ staff: say, family }, outcome, word)
  const { problem } = state
  const lines = ready.map(({ text }, index) => `${index + 1}. ${escapeHtml(text)}`)
  return builder.card(
    'decide',
    paragraphs(
      problem && `⚠️ ${say.t(`question.problems.${problem}`)}`,
      say.t('decide.title', { number: request.number }),
      unread,
      say.t(unread !== null && isSaidUnread(word) ? `decide.unreadWords.${word}` : `decide.words.${word}`),
      ready.length > 0 && [say.t('decide.orChoose'), ...lines].join('\n'),
    ),
    ready.map(({ code, label }, index) => [button(`${index + 1}. ${label}`, 'set', code)]),
  )
}

/** In the words of the region: not every one has a commission. A region of a file may leave it unsaid. */
const decidedBy = (say: Say, region: Region, by: Decider): string => {
  if (by === 'specialist') return say.label('decide.bySpecialist')
  const own = `regions.${region.code}.terms.decidedBy`
  return say.label(say.has(own) ? own : 'decide.byCommission')
}

const otherThan = (by: Decider): Decider => (by === 'commission' ? 'specialist' : 'commission')

/** What the family will read, word by word; there is no way back from here. */
const confirmView = (builder: CardBuilder, facts: DecideFacts, decision: Decision): View => {
  const { say, button } = builder
  const { request, state, curators, family, toAdd, region } = facts
  const { outcome, by } = decision
  const read = decisionLines(family, { ...facts, decision }).filter(Boolean)
  const curator = curators.find(({ id }) => id === state.curatorId)
  const { level } = state
  const accepted =
    outcome === 'support-agreed' &&
    say.t('decide.willBe', {
      level:
        level === undefined || level === 'later'
          ? say.label('caseload.noLevel')
          : say.label(`caseload.levels.${level}`),
      curator: curator?.name ?? say.label('decide.noCurator'),
    })
  return builder.card(
    'decide',
    paragraphs(
      say.t('decide.title', { number: request.number }),
      accepted,
      say.t('decide.who', {
        decided: decidedBy(say, region, by),
        other: decidedBy(say, region, otherThan(by)),
      }),
      unreadLine(say, request) ??
        paragraphs(
          say.t(`decide.willRead.${readerOf(request)}`),
          `<blockquote>${read.join('\n\n')}</blockquote>`,
        ),
      say.t('act.noWayBack'),
    ),
    [
      [button(say.label(outcome === 'support-agreed' ? 'decide.yesAccept' : 'decide.yesClose'), 'yes')],
      ...toAdd.map((word): Button[] => [button(say.label(`decide.add.${word}`), 'write', word)]),
      [button(decidedBy(say, region, otherThan(by)), 'change')],
      [button(say.label('decide.no'), 'no')],
    ],
    { confidential: true },
  )
}
