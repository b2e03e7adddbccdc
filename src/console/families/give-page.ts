import type { Taker } from '#features/families/takers.ts'
import { html, type Markup } from '#http/markup.ts'
import { formTo } from '../form-markup.ts'
import { choose } from '../plan/choose.ts'
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
  const whom = takers.length > mostInTable ? takersToType(visit, takers) : takersTable(visit, takers)
  return formTo(
    visit,
    action,
    html`${standsAs(standing)}${whom}
<p>${say.label(read ? `handing.learns.${of}` : 'handing.learns.nobody')}</p>
<p class="actions"><button>${say.label('handing.yes')}</button><a class="next" href="${cancel}">${say.label('consoleFamilies.cancel')}</a></p>`,
  )
}

/** Beyond this nobody reads a table through, and it outgrows a page: a list finds who is typed. */
const mostInTable = 60

const noteOf = ({ say }: Visit, { away, serves }: Taker): string | null => {
  const note = away ? 'away' : serves ? null : 'elsewhere'
  return note && say.label(`consoleFamilies.give.${note}`)
}

const takersTable = (visit: Visit, takers: readonly Taker[]): Markup => {
  const rows = takers.map((taker) => [
    html`<label class="choice"><input type="radio" name="to" value="${taker.id}" required> ${taker.name}</label>`,
    taker.families,
    noteOf(visit, taker),
  ])
  const heads = ['name', 'families', 'note'].map((one) => visit.say.label(`consoleFamilies.give.${one}`))
  return tableOf({ heads, rows })
}

const takersToType = (visit: Visit, takers: readonly Taker[]): Markup => {
  const families = visit.say.label('consoleFamilies.give.families')
  // Nobody is chosen beforehand: a family is not given by mistake.
  const options = takers.map((taker) => ({
    value: taker.id,
    words: [taker.name, `${families}: ${taker.families}`, noteOf(visit, taker)].filter(Boolean).join(' · '),
  }))
  return html`<label>${visit.say.label('consoleFamilies.give.name')}${choose('to', [{ value: '', words: '–' }, ...options], '')}</label>`
}
