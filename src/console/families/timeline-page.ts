import { documentName } from '#dialogue/families/staff-documents-view.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import type { Timeline, TimelineEntry } from '#features/families/timeline.ts'
import { formatTime } from '#core/dates.ts'
import { html, type Markup } from '#http/markup.ts'
import type { MemberRole } from '#storage/families/family-members.ts'
import type { Page, Visit } from '../visit.ts'
import { dayWord } from '../words.ts'
import { type FamilyOpen, familyPage } from './family-frame.ts'

/** All that happened with a family, newest first, by day. */
export const timelinePage = (
  visit: Visit,
  open: FamilyOpen,
  { entries, before, titles }: Timeline & { titles: ReadonlyMap<string, string> },
): Page => {
  const { say } = visit
  const days = Map.groupBy(entries, ({ at }) => dayWord(visit, at))
  const parts = [...days].map(
    ([day, all]) =>
      html`<li><h2>${day}</h2><ul>${grouped(all).map((one) => rowOf(visit, open, { ...one, titles }))}</ul></li>`,
  )
  return familyPage(visit, open, {
    tab: 'timeline',
    body: html`<section>${entries.length === 0 ? html`<p>${say.label('caseHistory.none')}</p>` : html`<ol class="timeline">${parts}</ol>`}
${before && html`<p><a rel="next" href="/console/families/${open.family.id}/timeline?before=${before.toISOString()}">${say.label('consoleFamilies.timeline.older')}</a></p>`}</section>`,
  })
}

type Row = { entry: TimelineEntry; count: number }

/** Lines of one conversation that follow one another are one row. Pure. */
const grouped = (entries: readonly TimelineEntry[]): Row[] => {
  const rows: Row[] = []
  for (const entry of entries) {
    const last = rows.at(-1)
    const same =
      entry.what === 'message' &&
      last?.entry.what === 'message' &&
      last.entry.memberId === entry.memberId &&
      last.entry.by === entry.by
    if (same) last.count += 1
    else rows.push({ entry, count: 1 })
  }
  return rows
}

const rowOf = (
  visit: Visit,
  open: FamilyOpen,
  { entry, count, titles }: Row & { titles: ReadonlyMap<string, string> },
): Markup => {
  const { deps } = visit
  const time = entry.wholeDay ? null : formatTime(entry.at, deps.region.timeZone)
  return html`<li>${time !== null && html`<span class="why">${time}</span> `}${spoken(visit, open, entry, { count, titles })}</li>`
}

const spoken = (
  visit: Visit,
  { family }: FamilyOpen,
  entry: TimelineEntry,
  { count, titles }: { count: number; titles: ReadonlyMap<string, string> },
): Markup => {
  const { say, deps, now } = visit
  const { code: region } = deps.region
  const key = (name: string, values?: Record<string, string | number>) =>
    html`${say.label(`consoleFamilies.timeline.${name}`, values)}`
  const roleOf = (role: MemberRole | null) =>
    role === null ? say.label('staffPlan.roles.gone') : say.label(`staffPlan.roles.${role}`)
  switch (entry.what) {
    case 'family':
      return familyEvent(visit, entry)
    case 'case':
      return html`<b>${key('recorded', { what: say.label(`caseEvents.kinds.${entry.kind}`) })}</b>`
    case 'visit': {
      const unmarked = entry.status === 'planned' && entry.at < now
      const state = unmarked ? 'consoleVisits.list.unmarked' : `staffVisit.status.${entry.status}`
      return html`<a href="/console/visits/${entry.id}">${key('visit')}</a>: ${say.label(`planVisit.purposes.${entry.purpose}`)}. ${say.label(state)}`
    }
    case 'message': {
      const words =
        entry.by === null
          ? key('wrote', { role: roleOf(entry.role), count })
          : key('answered', { name: entry.by, role: roleOf(entry.role), count })
      return html`<a href="/console/families/${family.id}/talk?member=${entry.memberId}">${words}</a>`
    }
    case 'survey':
      return key('survey', {
        title: titles.get(`${entry.code}.${entry.version}`) ?? entry.code,
        role: roleOf(entry.role),
      })
    case 'opinion':
      return html`<a href="/console/families/${family.id}/voices">${key('opinion', { role: roleOf(entry.role), kind: say.label(`staffPlan.kinds.${entry.kind}`) })}</a>`
    case 'document':
      return html`${documentName(say, region, entry.code)}: ${say.label(`consoleFamilies.timeline.documents.${entry.event}`)}`
    case 'safety':
      return html`<b class="urgent">${key('safety', { what: say.label(`safety.short.${entry.kind}`), role: say.label(`safety.roles.${entry.role}`) })}</b>`
  }
}

const familyEvent = ({ say, deps }: Visit, { kind, detail }: TimelineEntry & { what: 'family' }): Markup => {
  const of = (value: string) => html`${say.label(`consoleFamilies.timeline.${kind}`, { value })}`
  if (kind === 'stage' && detail !== null) return of(optionLabel(say, deps.region.code, 'stages', detail))
  if (kind === 'level' && detail !== null) return of(say.label(`caseload.levels.${detail}`))
  if (kind === 'curator') return of(detail ?? say.label('console.requests.nobody'))
  if (kind === 'plan') return of(detail ?? '')
  return of('')
}
