import { membersStanding, standingLines } from '#dialogue/families/standing-view.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { reasonsInWords } from '#dialogue/requests/urgency-view.ts'
import { termName } from '#dialogue/worklist/need-view.ts'
import type { CuratorWord } from '#features/cases/curator-word.ts'
import type { FamilyCase } from '#features/families/caseload.ts'
import type { unreadByMember } from '#features/messages/threads.ts'
import type { UrgentReason } from '#features/requests/urgent-reasons.ts'
import type { PapersMissing } from '#features/consents/papers-missing.ts'
import { html, type Markup, told } from '#http/markup.ts'
import type { CaseTerm } from '#storage/cases/case-terms.ts'
import { missingMarkup } from '../consents/registry-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { dayOfIso, momentWord } from '../words.ts'
import { type FamilyOpen, familyPage } from './family-frame.ts'

export type NowFacts = Pick<FamilyCase, 'curator' | 'members' | 'nextVisit'> & {
  urgency: readonly UrgentReason[]
  inTouch: boolean
  word: CuratorWord
  /** Null: the reader may not know. */
  unread: Awaited<ReturnType<typeof unreadByMember>> | null
  /** Open ones, the first to end first. */
  terms: readonly CaseTerm[]
  papers: PapersMissing
  today: string
}

/** A family at a glance: what presses, where it stands, who is in it, and what there is to do. */
export const nowPage = (visit: Visit, open: FamilyOpen, facts: NowFacts): Page => {
  const { say, deps } = visit
  const { urgency, inTouch } = facts
  return familyPage(visit, open, {
    tab: 'now',
    live: true,
    body: html`${urgency.length > 0 && html`<p class="said alarm">${told(say, 'caseload.urgent', { why: reasonsInWords(say, deps.region, urgency) })}</p>`}
${standingLines(say, membersStanding(say, facts.members), { timeZone: deps.region.timeZone, now: visit.now }).map((markup) => html`<p class="said">${{ markup }}</p>`)}
${inTouch && html`<p class="said">${say.label('afterLook.staff.inTouch')}</p>`}
${checks(visit, open, facts)}
${facts.unread && talk(visit, open, facts.unread)}
${missingMarkup(visit, facts.papers, open.rights.has('charge') ? `/console/families/${open.family.id}/consents` : null)}
${standing(visit, open, facts)}
${acts(visit, open, facts)}`,
  })
}

/** Somebody came by a new link: it is to be found out who. */
const checks = ({ say }: Visit, { family }: FamilyOpen, { members }: NowFacts): Markup | null => {
  const waiting = members.filter(({ account }) => account === 'unconfirmed' || account === 'paused')
  if (waiting.length === 0) return null
  const rows = waiting.map(
    ({ id, role }) =>
      html`<li class="row"><p>${say.label(`account.staff.check.${role}`)}</p><a class="next" href="/console/families/${family.id}/members/${id}">${say.label('account.staff.open')}</a></li>`,
  )
  return html`<section class="overdue"><ul class="rows">${rows}</ul></section>`
}

const talk = ({ say }: Visit, { family }: FamilyOpen, members: NonNullable<NowFacts['unread']>): Markup => {
  // One next step stands out: the gravest words that nobody has read.
  const first = members.find(({ unread }) => unread?.alarming) ?? members.find(({ unread }) => unread)
  const rows = members.map(({ id, role, unread }) => {
    const news =
      unread &&
      say.label(unread.alarming ? 'thread.unreadAlarming' : 'thread.unread', { count: unread.count })
    const label = say.label(unread ? 'console.today.answer' : 'consoleFamilies.now.thread')
    return html`<li class="row${unread && html` unread`}"><p>${say.label(`caseload.roles.${role}`)}${news && html` · <b${unread?.alarming && html` class="urgent"`}>${news}</b>`}</p>
<a class="next${id === first?.id && html` main`}" href="/console/families/${family.id}/talk?member=${id}">${label}</a></li>`
  })
  return html`<section id="talk"${members.some(({ unread }) => unread) && html` class="soon"`}><h2>${say.label('consoleFamilies.tabs.talk')}</h2>
${members.length === 0 ? html`<p>${say.label('thread.noMembers')}</p>` : html`<ul class="rows">${rows}</ul>`}</section>`
}

const standing = (visit: Visit, { family, rights }: FamilyOpen, facts: NowFacts): Markup => {
  const { say, deps, staff } = visit
  const { region } = deps
  const { curator, nextVisit, members, word, terms, today } = facts
  const term = terms[0]
  const row = (name: string, value: Markup | string | null) =>
    value !== null &&
    html`<dt>${say.label(`consoleFamilies.now.${name}`)}</dt><dd>${typeof value === 'string' ? html`${value}` : value}</dd>`
  const level = say.label(family.level === null ? 'caseload.noLevel' : `caseload.levels.${family.level}`)
  const joined = members.filter(({ account }) => account !== 'none').length
  return html`<section><h2>${say.label('consoleFamilies.now.title')}</h2><dl class="facts">
${row('stage', optionLabel(say, region.code, 'stages', family.stage))}
${row('level', level)}
${row('curator', `${curator?.name ?? say.label('console.requests.nobody')}${curator?.id === staff.id ? ` ${say.label('consoleFamilies.now.you')}` : ''}`)}
${word !== null && html`<dt></dt><dd>${say.label(word === 'agreed' ? 'ourCurator.staff.agreed' : 'ourCurator.staff.wishes')}</dd>`}
${row('territory', optionLabel(say, region.code, 'territory', family.territory))}
${row('members', say.label('consoleFamilies.now.joined', { count: members.length, joined }))}
${rights.has('charge') && row('visit', nextVisit ? html`<a href="/console/visits/${nextVisit.id}">${momentWord(visit, nextVisit.startsAt)}</a>` : say.label('consoleFamilies.now.noVisit'))}
${term && row('term', html`${termName(say, region.code, term.code)}, ${say.label('consoleFamilies.now.until', { day: dayOfIso(visit, term.actBy) })}${term.dueOn < today && html` <b class="urgent">${say.label('consoleFamilies.now.late')}</b>`}`)}
</dl></section>`
}

/** What there is to do, the most usual first. */
const acts = ({ say, staff }: Visit, { family, rights }: FamilyOpen, facts: NowFacts): Markup | null => {
  const { id, closedAt } = family
  const calm = !facts.unread?.some(({ unread }) => unread)
  const to = (path: string, key: string) =>
    html`<li><a class="next${key === 'visit' && calm && html` main`}" href="/console/families/${id}/${path}">${say.label(`consoleFamilies.acts.${key}`)}</a></li>`
  const charge = rights.has('charge') && closedAt === null
  const supervises = staff.role === 'supervisor'
  const links = [
    charge && to('visits/new', 'visit'),
    charge && to('event', 'event'),
    charge && to('stage', 'stage'),
    charge && to('level', 'level'),
    closedAt === null && to('people#invite', 'invite'),
    to('people#safety', 'safety'),
    supervises && closedAt === null && to('give', 'give'),
    supervises && to('ask', 'ask'),
    facts.inTouch && to('look', 'look'),
    charge && to('close', 'close'),
  ].filter((one) => one !== false)
  return html`<section><h2>${say.label('consoleFamilies.acts.title')}</h2><ul class="acts">${links}</ul></section>`
}
