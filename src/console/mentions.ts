import type { NoteOutcome } from '#features/staff/mentions.ts'
import { html, type Markup } from '#http/markup.ts'
import { z } from 'zod'
import type { Visit } from './visit.ts'

/** Colleagues who are ticked to be told of a note: none, one or several. */
export const mentioned = z
  .union([z.uuid(), z.array(z.uuid()).max(20)])
  .optional()
  .transform((given = []) => [given].flat())

/** Whom to tell of a note; null: there is nobody else who may open it. */
export const whomToTell = (
  { say }: Pick<Visit, 'say'>,
  colleagues: readonly { id: string; name: string }[],
): Markup | null => {
  const whom = colleagues.map(
    ({ id, name }) =>
      html`<label class="choice"><input type="checkbox" name="mention" value="${id}"> <span>${name}</span></label>`,
  )
  return whom.length === 0
    ? null
    : html`<fieldset class="choices whom"><legend>${say.label('consoleFamilies.notes.whom')}</legend>${whom}</fieldset>`
}

/** What the author learns at once: somebody who was ticked is not told (ADR 96). */
export const notedAs = ({ untold }: NoteOutcome): 'noted' | 'notedUntold' =>
  untold.length > 0 ? 'notedUntold' : 'noted'

/** Who was told of a note, and from whom it is kept. */
export const toldOf = (
  { say }: Pick<Visit, 'say'>,
  { told, kept }: { told: readonly string[]; kept: readonly string[] },
): Markup => {
  const line = (key: 'told' | 'kept', names: readonly string[]) =>
    names.length > 0 && say.label(`consoleFamilies.notes.${key}`, { names: names.join(', ') })
  const [first, second] = [line('told', told), line('kept', kept)]
  return html`${first && html` · ${first}`}${second && html` · <b>${second}</b>`}`
}
