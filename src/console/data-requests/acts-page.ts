import { z } from 'zod'
import { formatDay, formatTime } from '#core/dates.ts'
import { actPdf } from '#features/erasure/act-pdf.ts'
import { actForStaff, actsForStaff } from '#features/erasure/acts-for-staff.ts'
import { html } from '#http/markup.ts'
import type { DestructionAct } from '#storage/erasure/acts.ts'
import { type Console, download, page } from '../routes.ts'
import type { Page, Visit } from '../visit.ts'

const pageSize = 25

/** Acts of destruction, for administrators: of whom they are, nobody knows any more. */
export const registerActs = (console: Console): void => {
  const { deps } = console
  const { database, region } = deps

  page(
    console,
    '/console/data-requests/acts',
    { for: ['supervisor'], query: z.object({ before: z.coerce.number().int().min(1) }) },
    async (visit) => {
      const { staff, query } = visit
      const found = await actsForStaff(database, { staff, before: query.before, limit: pageSize + 1 })
      return actsPage(visit, { acts: found.slice(0, pageSize), more: found.length > pageSize })
    },
  )

  download(
    console,
    '/console/data-requests/acts/:id/act.pdf',
    { for: ['supervisor'], params: z.object({ id: z.uuid() }) },
    async ({ staff, say, params: { id } }) => {
      const act = await actForStaff(database, { staff, id })
      const around = { say, organisation: deps.organisation().name, timeZone: region.timeZone }
      const name = `${say.label('consoleDataRequests.act', { number: act.number })}.pdf`
      return { name, type: 'application/pdf', content: () => actPdf(act, around) }
    },
  )
}

const actsPage = (visit: Visit, { acts, more }: { acts: readonly DestructionAct[]; more: boolean }): Page => {
  const { say } = visit
  const title = say.label('consoleDataRequests.acts')
  const next = more && acts.at(-1)
  const body = html`<p class="note crumb"><a href="/console/data-requests">${say.label('consoleDataRequests.title')}</a></p><h1>${title}</h1>
<p class="note">${say.label('consoleDataRequests.actsNote')}</p>
${acts.length === 0 ? html`<p>${say.label('consoleDataRequests.noActs')}</p>` : html`<ul class="rows">${acts.map((act) => rowOf(visit, act))}</ul>`}
${next && html`<p><a class="next" href="/console/data-requests/acts?before=${next.number}">${say.label('consoleDataRequests.earlierActs')}</a></p>`}`
  return { title, section: 'data', body }
}

const rowOf = ({ say, deps, now }: Visit, { id, number, at, ground, kind }: DestructionAct) => {
  const { timeZone } = deps.region
  const when = `${formatDay(say, { instant: at, timeZone, now })}, ${formatTime(at, timeZone)}`
  return html`<li class="row"><p><a href="/console/data-requests/acts/${id}/act.pdf">№ ${number}</a> · ${when}<br>
<span class="why">${say.label(`consoleDataRequests.erased.${kind}`)} · ${say.label(`consoleDataRequests.erasedFor.${ground}`)}</span></p></li>`
}
