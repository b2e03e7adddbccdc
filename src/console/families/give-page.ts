import type { Taker } from '#features/families/takers.ts'
import { html, type Markup } from '#http/markup.ts'
import { formTo } from '../form-markup.ts'
import { type Standing, standsAs } from '../standing.ts'
import { tableOf } from '../table-markup.ts'
import type { Visit } from '../visit.ts'

type Facts = {
  action: string
  of: 'family' | 'visit'
  takers: readonly Taker[]
  /** Somebody of the family reads it in the bot. */
  read: boolean
  standing: Standing
  cancel: string
}

/** Whom to give a family or a visit to, with how many families they have, and what the family learns of it. */
export const takersForm = (visit: Visit, { action, of, takers, read, standing, cancel }: Facts): Markup => {
  const { say } = visit
  if (takers.length === 0) return html`<p>${say.label('handing.nobody')}</p>`
  const rows = takers.map(({ id, name, families, away, serves }) => {
    const note = away ? 'away' : serves ? null : 'elsewhere'
    return [
      html`<label class="choice"><input type="radio" name="to" value="${id}" required> ${name}</label>`,
      families,
      note && say.label(`consoleFamilies.give.${note}`),
    ]
  })
  const heads = ['name', 'families', 'note'].map((one) => say.label(`consoleFamilies.give.${one}`))
  return formTo(
    visit,
    action,
    html`${standsAs(standing)}${tableOf({ heads, rows })}
<p>${say.label(read ? `handing.learns.${of}` : 'handing.learns.nobody')}</p>
<p class="actions"><button>${say.label('handing.yes')}</button><a class="next" href="${cancel}">${say.label('consoleFamilies.cancel')}</a></p>`,
  )
}
