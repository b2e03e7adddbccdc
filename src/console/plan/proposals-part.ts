import { formatDay } from '#core/dates.ts'
import { kindName } from '#dialogue/plan/plan-view.ts'
import type { ProposalForStaff } from '#features/plan/answer-proposals.ts'
import { longestProposal } from '#features/plan/proposals.ts'
import { html, type Markup, told } from '#http/markup.ts'
import type { Family } from '#storage/families/families.ts'
import { proposalAnswers } from '#storage/plan/proposals.ts'
import { buttonTo, formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { choose } from './choose.ts'
import { planPath } from './plan-words.ts'

/** As many as fit on a page beside the plan; those that wait come first. */
const mostShown = 15
const longest = 300

type Beside = {
  family: Pick<Family, 'id'>
  proposals: readonly ProposalForStaff[]
  /** The reader is in charge: they answer. */
  mayEdit: boolean
  /** Codes that the reader's draft of the plan has already. */
  drafted: ReadonlySet<string>
}

/** «Семья предлагает»: what waits for an answer, and what became of the rest. */
export const proposalsPart = (visit: Visit, { family, proposals, mayEdit, drafted }: Beside): Markup => {
  const { say } = visit
  const sorted = proposals.toSorted((a, b) => Number(a.answer !== null) - Number(b.answer !== null))
  const rows = sorted.slice(0, mostShown).map((one) => {
    const base = `/console/families/${family.id}/proposals/${one.id}`
    const about = html`<span class="hidden">: ${brief(one.text, 60)}</span>`
    const act = !mayEdit
      ? null
      : one.answer === null
        ? html`<a class="next" href="${base}">${say.label('consoleProposals.answer')}${about}</a>`
        : one.draft && !one.inPlan && !drafted.has(one.draft.code)
          ? buttonTo(
              visit,
              `${base}/draft`,
              say.label('consoleProposals.toDraft'),
              'quiet',
              brief(one.text, 60),
            )
          : null
    return html`<li class="row"><div>${proposalMarkup(visit, one, longest)}</div>${act}</li>`
  })
  return html`<section id="proposals"><h2>${say.label('proposals.staff.button')}</h2>${rows.length === 0 ? html`<p class="note">${say.label('proposals.staff.none')}</p>` : html`<ul class="rows">${rows}</ul>`}</section>`
}

const brief = (text: string, most: number): string => {
  const letters = [...text]
  return letters.length > most ? `${letters.slice(0, most).join('')}…` : text
}

const proposalMarkup = ({ say, deps, now }: Visit, one: ProposalForStaff, most: number): Markup => {
  const { author, at, text, confidential, answer, inPlan } = one
  const day = formatDay(say, { instant: at, timeZone: deps.region.timeZone, now })
  return html`<p class="why"><b>${say.label(`staffPlan.roles.${author}`)}</b>, ${day}</p>
${confidential && html`<p>${told(say, 'proposals.staff.private')}</p>`}<blockquote>${brief(text, most)}</blockquote>
${answer && html`<p class="note">${say.label(`proposals.staff.state.${inPlan ? 'inPlan' : answer.kind}`)}${answer.text && html` ${answer.text}`}</p>`}`
}

type Answering = {
  family: Family
  proposal: ProposalForStaff
  typed: { kind: string; text: string; helpKind: string }
  wrong: Markup | null
}

/** One proposal in whole, and the three answers to it. There is one answer, for good. */
export const proposalPage = (visit: Visit, { family, proposal, typed, wrong }: Answering): Page => {
  const { say, deps } = visit
  const plan = planPath(family.id)
  const title = say.label('consoleProposals.title')
  const kinds = deps.region.helpKinds.map((value) => ({ value, words: kindName(say, value) }))
  const labels = { accepted: 'accept', noted: 'note', declined: 'decline' } as const
  const ways = proposalAnswers.map(
    (value) =>
      html`<label class="choice"><input type="radio" name="kind" value="${value}" required${typed.kind === value && html` checked`}> <span>${say.label(`proposals.staff.${labels[value]}`)}<br><small>${say.label(`consoleProposals.means.${value}`)}</small></span></label>`,
  )
  const fields = html`<fieldset class="choices"><legend>${say.label('consoleProposals.which')}</legend>${ways}</fieldset>
<label for="text">${say.label('consoleProposals.text')}</label><textarea id="text" name="text" rows="4" maxlength="${longestProposal}" aria-describedby="reads">${typed.text}</textarea>
<p class="note" id="reads">${say.label('proposals.staff.reads')}</p>
<label>${say.label('consoleProposals.helpKind')}${choose('helpKind', [{ value: '', words: '–' }, ...kinds], typed.helpKind)}</label>
<p class="note">${say.label('act.noWayBack')}</p>
<div class="actions"><button>${say.label('consoleProposals.send')}</button><a class="next" href="${plan}#proposals">${say.label('consoleFamilies.cancel')}</a></div>`
  const body = html`<p><a href="${plan}">${say.label('consolePlan.title', { number: family.number })}</a></p><h1>${title}</h1>${wrong}
<section>${proposalMarkup(visit, proposal, Number.POSITIVE_INFINITY)}</section>
${proposal.answer === null && html`<section>${formTo(visit, `/console/families/${family.id}/proposals/${proposal.id}`, fields, { draft: `proposal-${proposal.id}` })}</section>`}`
  return { title, section: 'families', body, place: `families/${family.id}` }
}
