import type { ReadNote } from '#features/families/family-notes.ts'
import { html } from '#http/markup.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { momentWord } from '../words.ts'
import { type FamilyOpen, familyPage } from './family-frame.ts'

/** Longest notes that a page holds, in characters; older ones are in the bot. */
const lettersOnPage = 15_000

type Facts = { notes: readonly ReadNote[]; colleagues: readonly { id: string; name: string }[] }

/** What staff write about a family for each other, newest first; whoever is mentioned is told. */
export const notesPage = (visit: Visit, open: FamilyOpen, { notes, colleagues }: Facts): Page => {
  const { say } = visit
  let free = lettersOnPage
  const shown = notes.filter(({ text }) => {
    free -= text.length + 200
    return free > 0
  })
  const rows = shown.map(({ at, text, author, mentioned, keptFrom }) => {
    const names = (all: readonly { name: string }[]) => all.map(({ name }) => name).join(', ')
    const told =
      mentioned.length > 0 && html` · ${say.label('consoleFamilies.notes.told', { names: names(mentioned) })}`
    const kept =
      keptFrom.length > 0 &&
      html` · <b>${say.label('consoleFamilies.notes.kept', { names: names(keptFrom) })}</b>`
    return html`<li><p class="why"><b>${author?.name ?? say.label('consoleFamilies.notes.system')}</b>, ${momentWord(visit, at)}${told}${kept}</p><blockquote>${text}</blockquote></li>`
  })
  const whom = colleagues.map(
    ({ id, name }) =>
      html`<p><label class="choice"><input type="checkbox" name="mention" value="${id}"> ${name}</label></p>`,
  )
  const form = formTo(
    visit,
    `/console/families/${open.family.id}/notes`,
    html`<label for="note">${say.label('consoleFamilies.notes.new')}</label><textarea id="note" name="note" rows="3" maxlength="2000" required></textarea>
${whom.length > 0 && html`<fieldset><legend>${say.label('consoleFamilies.notes.whom')}</legend>${whom}</fieldset>`}<button>${say.label('consoleFamilies.notes.save')}</button>`,
    { draft: `note-${open.family.id}` },
  )
  return familyPage(visit, open, {
    tab: 'notes',
    body: html`<section><p class="note">${say.label('consoleFamilies.notes.unseen')}</p>${form}</section>
<section><h2>${say.label('consoleFamilies.tabs.notes')}</h2>${rows.length === 0 ? html`<p>${say.label('consoleFamilies.notes.none')}</p>` : html`<ul class="lines">${rows}</ul>`}</section>`,
  })
}
