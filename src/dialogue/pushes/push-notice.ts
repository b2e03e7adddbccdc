import { daysAhead, formatDayOn, formatTime } from '#core/dates.ts'
import { type CardBuilder, createCardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { Notice } from '#dialogue/requests/requests-notice.ts'
import type { DialogueDeps } from '#dialogue/screen.ts'
import type { Button } from '#dialogue/view.ts'
import type { MissedCounts } from '#features/pushes/missed-pushes.ts'
import type { PushWithRecipient } from '#storage/pushes/pushes.ts'
import type { Visit } from '#storage/visits/visits.ts'

type Deps = Pick<DialogueDeps, 'texts' | 'region' | 'clock'>

/**
 * A push to a member: one line and a link. Anybody who holds the phone may read it, so it says day and hour at most, in
 * discreet mode not even these, and never purpose, names, places or codes.
 */
export const pushNotice = (
  deps: Deps,
  push: PushWithRecipient,
  { visit }: { visit: Visit | null },
): Notice => {
  const builder = penOf(deps, push)
  const html = isDiscreet(push) ? builder.say.t('notice.news') : words(deps, builder, push, visit)
  return {
    account: push.person.account,
    view: { screen: `push.${push.kind}`, html, rows: rowsOf(builder, push) },
  }
}

/** Summary of the pushes that were missed while the person was unreachable. */
export const missedNotice = (deps: Deps, push: PushWithRecipient, missed: MissedCounts): Notice => {
  const builder = penOf(deps, push)
  return {
    account: push.person.account,
    view: {
      screen: 'push.missed',
      ...(isDiscreet(push) ? discreetSum(builder) : openSum(builder, missed)),
    },
  }
}

const penOf = ({ texts }: Deps, { person: { language, address } }: PushWithRecipient): CardBuilder =>
  createCardBuilder(texts.for(language === 'en' ? 'en' : 'ru', address === 'minor' ? 'minor' : 'adult'), 0)

const isDiscreet = ({ person }: PushWithRecipient): boolean => person.pushMode !== 'open'

const words = (
  { region, clock }: Deps,
  { say }: CardBuilder,
  { kind }: PushWithRecipient,
  visit: Visit | null,
): string => {
  // Behind the button only: whose lateness it is says where somebody has written to. That somebody is asked says they had help.
  // Neither that a child has proposed something.
  // Nor that two ask together.
  if (kind === 'late' || kind === 'after-look' || kind === 'proposal' || kind === 'together')
    return say.t('notice.news')
  if (visit === null) return say.t(`push.${kind}`)
  const moment = { instant: visit.startsAt, timeZone: region.timeZone, now: clock.now() }
  const days = daysAhead(moment)
  const near = days === 0 ? 'today' : days === 1 ? 'tomorrow' : 'later'
  const values = { day: formatDayOn(say, moment), time: formatTime(visit.startsAt, region.timeZone) }
  const { lastMove } = visit
  const told = kind === 'visit-moved' && lastMove !== 'time' ? `visit-${lastMove}` : kind
  return say.t(`push.${told}`, { when: say.label(`push.when.${near}`, values) })
}

/** Unless discreet mode hides that it is a survey, it can be postponed without opening it. */
const rowsOf = (builder: CardBuilder, push: PushWithRecipient): Button[][] => {
  const { say, link } = builder
  const way = [wayTo(builder, push)]
  if (!isOfSurvey(push) || isDiscreet(push) || push.subjectId === null) return [way]
  return [
    way,
    [
      link(say.label('survey.later'), 'survey-later', push.subjectId),
      link(say.label('survey.never'), 'survey-off', push.subjectId),
    ],
  ]
}

const isOfSurvey = ({ kind }: PushWithRecipient): boolean => kind === 'survey' || kind === 'survey-again'

const wayTo = ({ say, link }: CardBuilder, push: PushWithRecipient): Button => {
  const { kind, subjectId, familyId } = push
  const label = say.label('notice.open')
  const family = familyId ?? ''
  if (isOfSurvey(push)) return link(label, 'survey', subjectId ?? '')
  if (kind === 'plan') return link(label, 'plan', family)
  if (kind === 'proposal') return link(label, 'proposals', family)
  if (kind === 'after-look') return link(label, 'how-now', family)
  if (kind === 'draft') return link(label, 'home')
  if (kind === 'together') return link(label, 'together', subjectId ?? '')
  if (kind === 'late' && familyId === null) return link(label, 'status')
  if (kind === 'message' || kind === 'late') return link(label, 'messages', family)
  if (kind === 'stage' || kind === 'curator' || kind === 'closed') return link(label, 'status', family)
  return link(label, 'visit', subjectId ?? '')
}

/** Discreet mode hides even the number. */
const discreetSum = ({ say, link }: CardBuilder) => ({
  html: say.t('notice.news'),
  rows: [[link(say.label('notice.open'), 'home')]],
})

const openSum = ({ say, link }: CardBuilder, { visits, plan, messages, surveys, news }: MissedCounts) => {
  const lines = [
    visits > 0 && say.label('push.missed.visits', { count: visits }),
    plan > 0 && say.label('push.missed.plan'),
    messages > 0 && say.label('push.missed.messages', { count: messages }),
    surveys > 0 && say.label('push.missed.surveys', { count: surveys }),
    news > 0 && say.label('push.missed.news', { count: news }),
  ]
  const ways = [
    visits > 0 && link(say.label('home.visits'), 'visits'),
    plan > 0 && link(say.label('home.plan'), 'plan'),
    messages > 0 && link(say.label('home.messages'), 'messages'),
    surveys > 0 && link(say.label('survey.open'), 'survey'),
    news > 0 && link(say.label('home.path'), 'status'),
  ]
  const list = lines.filter(Boolean).map((line) => `• ${line}`)
  return {
    html: paragraphs(say.t('push.missed.title', { list: list.join('\n') })),
    rows: ways.flatMap((way) => (way ? [[way]] : [])),
  }
}
