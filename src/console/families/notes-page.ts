import type { ReadNote } from '#features/families/family-notes.ts'
import { html } from '#http/markup.ts'
import { formTo } from '../form-markup.ts'
import { toldOf, whomToTell } from '../mentions.ts'
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
    const names = (all: readonly { name: string }[]) => all.map(({ name }) => name)
    const told = toldOf(visit, { told: names(mentioned), kept: names(keptFrom) })
    return html`<li><p class="why"><b>${author?.name ?? say.label('consoleFamilies.notes.system')}</b>, ${momentWord(visit, at)}${told}</p><blockquote>${text}</blockquote></li>`
  })
  const form = formTo(
    visit,
    `/console/families/${open.family.id}/notes`,
    html`<label for="note">${say.label('consoleFamilies.notes.new')}</label><textarea id="note" name="note" rows="3" maxlength="2000" required></textarea>
${whomToTell(visit, colleagues)}<button>${say.label('consoleFamilies.notes.save')}</button>`,
    { draft: `note-${open.family.id}` },
  )
  return familyPage(visit, open, {
    tab: 'notes',
    body: html`<section><p class="note">${say.label('consoleFamilies.notes.unseen')}</p>${form}</section>
<section><h2>${say.label('consoleFamilies.tabs.notes')}</h2>${rows.length === 0 ? html`<p>${say.label('consoleFamilies.notes.none')}</p>` : html`<ul class="lines">${rows}</ul>`}</section>`,
  })
}
