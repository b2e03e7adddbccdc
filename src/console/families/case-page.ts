import { documentName } from '#dialogue/families/staff-documents-view.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { termName } from '#dialogue/worklist/need-view.ts'
import type { CaseFile } from '#features/cases/case-file.ts'
import type { CaseDocument } from '#features/families/case-documents.ts'
import type { PathStage } from '#features/families/path.ts'
import { html, type Markup } from '#http/markup.ts'
import type { CaseTerm } from '#storage/cases/case-terms.ts'
import { documentEvents } from '#storage/families/case-documents.ts'
import { formTo } from '../form-markup.ts'
import { tableOf } from '../table-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { dayOfIso, dayWord } from '../words.ts'
import { type FamilyOpen, familyPage } from './family-frame.ts'

/** Path, events, terms and documents of a case, with what is recorded and corrected there. */
export const casePage = (visit: Visit, open: FamilyOpen, file: CaseFile & { today: string }): Page =>
  familyPage(visit, open, {
    tab: 'case',
    body: [
      pathPart(visit, open, file),
      termsPart(visit, open, file),
      eventsPart(visit, open, file),
      documentsPart(visit, open, file),
      episodesPart(visit, file),
    ],
  })

const part = ({ say }: Visit, name: string, body: Markup): Markup =>
  html`<section id="${name}"><h2>${say.label(`consoleFamilies.case.${name}`)}</h2>${body}</section>`

const pathPart = (visit: Visit, { family }: FamilyOpen, { path }: CaseFile): Markup => {
  const { say, deps } = visit
  const when = (stage: PathStage): string | null => {
    if (stage.state === 'next') return null
    const at = stage.state === 'done' ? stage.at : stage.since
    const day = at && dayWord(visit, at)
    if (stage.state === 'done') return day && say.label('consoleFamilies.case.doneOn', { day })
    return day ? say.label('consoleFamilies.case.nowSince', { day }) : say.label('consoleFamilies.case.now')
  }
  const rows = path.stages.map((stage) => {
    const said = when(stage)
    return html`<li class="at-${stage.state}"${stage.state === 'now' && html` aria-current="step"`}>${optionLabel(say, deps.region.code, 'stages', stage.code)}${said && html` <span class="why">${said}</span>`}</li>`
  })
  const active = family.status === 'active'
  return part(
    visit,
    'path',
    html`<ol class="path">${rows}</ol>${active && html`<p class="actions"><a class="next" href="/console/families/${family.id}/stage">${say.label('consoleFamilies.acts.stage')}</a><a class="next" href="/console/families/${family.id}/close">${say.label('consoleFamilies.acts.close')}</a></p>`}`,
  )
}

const termsPart = (
  visit: Visit,
  { family }: FamilyOpen,
  { terms, explanations, today }: CaseFile & { today: string },
): Markup => {
  const { say, deps } = visit
  const row = (term: CaseTerm) => {
    const late = term.state === 'open' && term.dueOn < today
    const explain =
      term.state === 'open' &&
      family.status === 'active' &&
      html`<details><summary>${say.label('caseTerms.button')}</summary>${formTo(visit, `/console/families/${family.id}/terms/${term.id}`, html`<label for="why-${term.id}">${say.label('consoleFamilies.case.why')}</label><textarea id="why-${term.id}" name="words" rows="3" maxlength="500" required></textarea><p class="note">${say.label('consoleFamilies.case.whyMeans')}</p><button class="quiet">${say.label('consoleFamilies.case.explain')}</button>`)}</details>`
    const state =
      term.state === 'met' && term.metOn
        ? say.label('consoleFamilies.case.metOn', { day: dayOfIso(visit, term.metOn) })
        : say.label(`consoleFamilies.case.states.${late ? 'late' : term.state}`)
    return [
      termName(say, deps.region.code, term.code),
      dayOfIso(visit, term.dueOn),
      html`${late ? html`<b class="urgent">${state}</b>` : state}${explain}`,
    ]
  }
  const shown = terms.filter(({ state }) => state !== 'gone')
  const said = explanations.map(
    ({ code, day, words }) =>
      html`<li>${termName(say, deps.region.code, code)}, ${dayOfIso(visit, day)}: «${words}»</li>`,
  )
  const heads = ['term', 'due', 'state'].map((one) => say.label(`consoleFamilies.case.${one}`))
  return part(
    visit,
    'terms',
    html`${shown.length === 0 ? html`<p>${say.label('caseTerms.none')}</p>` : tableOf({ heads, rows: shown.map(row) })}
${said.length > 0 && html`<h3>${say.label('consoleFamilies.case.explained')}</h3><ul>${said}</ul>`}`,
  )
}

const eventsPart = (visit: Visit, { family }: FamilyOpen, { events }: CaseFile): Markup => {
  const { say } = visit
  const active = family.status === 'active'
  const rows = events.map(({ id, kind, day, implied, words }) => {
    const base = `/console/families/${family.id}/events/${id}`
    const correct =
      active &&
      html`<details><summary>${say.label('consoleFamilies.case.correct')}</summary>${formTo(visit, base, html`<label for="day-${String(id)}">${say.label('consoleFamilies.case.rightDay')}</label><input id="day-${String(id)}" type="date" name="on" value="${day}" required><label for="words-${String(id)}">${say.label('consoleFamilies.case.whyWrong')}</label><input id="words-${String(id)}" name="words" maxlength="500" autocomplete="off"><button class="quiet">${say.label('consoleFamilies.case.correct')}</button>`, { class: 'inline' })}<p><a href="${base}">${say.label('caseHistory.notAtAll')}</a></p></details>`
    return [
      dayOfIso(visit, day),
      html`${say.label(`caseEvents.kinds.${kind}`)}${implied && html` <span class="why">${say.label('consoleFamilies.case.implied')}</span>`}${words !== null && html`<br><span class="why">${say.label('consoleFamilies.case.correctedWhy')}</span> «${words}»`}${correct}`,
    ]
  })
  const heads = ['day', 'what'].map((one) => say.label(`consoleFamilies.case.${one}`))
  return part(
    visit,
    'events',
    html`<p><a href="/console/families/${family.id}/incoming">${say.label('incoming.ofFamilyButton')}</a></p>${rows.length === 0 ? html`<p>${say.label('caseHistory.none')}</p>` : tableOf({ heads, rows })}
${active && html`<p><a class="next" href="/console/families/${family.id}/event">${say.label('consoleFamilies.acts.event')}</a></p>`}`,
  )
}

const documentsPart = (visit: Visit, { family }: FamilyOpen, { documents }: CaseFile): Markup => {
  const { say, deps } = visit
  const missing = documents.filter((one) => one.missing).length
  const row = ({ code, dates, missing: lacks }: CaseDocument) => {
    const said = documentEvents.flatMap((event) =>
      dates[event]
        ? say.label(`consoleFamilies.case.${event}`, { day: dayOfIso(visit, dates[event].on) })
        : [],
    )
    const sign = !dates.signed && family.status === 'active'
    return html`<li class="row"><p>${documentName(say, deps.region.code, code)}${lacks && html` <b class="urgent">${say.label('consoleFamilies.case.missing')}</b>`}${said.length > 0 && html`<br><span class="why">${said.join(', ')}</span>`}</p>
${sign && formTo(visit, `/console/families/${family.id}/documents`, html`<input type="hidden" name="code" value="${code}"><button class="quiet">${say.label('consoleFamilies.case.sign')}</button>`, { class: 'one-button' })}</li>`
  }
  return part(
    visit,
    'documents',
    html`${missing > 0 && html`<p>${say.label('consoleFamilies.case.lacks', { count: missing })}</p>`}<ul class="rows">${documents.map(row)}</ul>`,
  )
}

const episodesPart = (visit: Visit, { episodes }: CaseFile): Markup => {
  const { say } = visit
  const rows = episodes.map(({ number, acceptedOn, closedOn, closing, ground }) => [
    number,
    `${dayOfIso(visit, acceptedOn)}, ${say.label(`consoleFamilies.case.grounds.${ground}`)}`,
    closedOn === null
      ? say.label('consoleFamilies.case.goesOn')
      : html`${dayOfIso(visit, closedOn)}${closing !== null && html`, ${say.label(`familyState.reasons.${closing}`)}`}`,
  ])
  const heads = ['nth', 'accepted', 'ended'].map((one) => say.label(`consoleFamilies.case.${one}`))
  return part(visit, 'episodes', tableOf({ heads, rows }))
}
