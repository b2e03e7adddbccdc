import { z } from 'zod'
import { dayAt } from '#features/deadlines/deadlines.ts'
import {
  actorsOf,
  auditLines,
  checkAudit,
  exportAudit,
  seenByActor,
} from '#features/staff/audit-for-administrators.ts'
import { auditActions } from '#storage/staff/audit-actions.ts'
import { type Console, download, page } from '../routes.ts'
import { auditPage, checkedPage, seenPage } from './audit-pages.ts'

const supervisors = ['supervisor'] as const
const at = '/console/settings/audit'
const pageSize = 50
const dayMs = 24 * 60 * 60_000

const filter = { action: z.enum(auditActions), staff: z.uuid() }

/** The audit: read with filters, whose data somebody has opened, a file to keep, and whether it is whole. */
export const registerAudit = (console: Console): void => {
  const { deps } = console
  const { database, region } = deps

  page(
    console,
    at,
    { for: supervisors, query: z.object({ ...filter, before: z.string().regex(/^\d{1,18}$/) }) },
    async (visit) => {
      const { staff, query } = visit
      const { action, before } = query
      const found = await auditLines(
        database,
        { staff },
        {
          ...{ action, staffId: query.staff, limit: pageSize + 1 },
          before: before === undefined ? undefined : BigInt(before),
        },
      )
      const lines = found.slice(0, pageSize)
      const next = found.length > pageSize ? String(lines.at(-1)?.id ?? '') : null
      return auditPage(visit, { lines, next, query, people: await actorsOf(database, { staff }) })
    },
  )

  download(
    console,
    `${at}/export`,
    { for: supervisors, query: z.object(filter), confirmed: true },
    async ({ staff, say, now, query }) => {
      const of = { action: query.action, staffId: query.staff }
      const lines = await database.transaction((tx) => exportAudit(tx, { staff, now }, of))
      const rows = lines.map((line) => [
        ...[String(line.id), line.at.toISOString(), line.who ?? '', line.action],
        ...[
          line.requestNumber ?? '',
          line.familyNumber === null ? '' : String(line.familyNumber),
          line.subject ?? '',
        ],
      ])
      const head = ['id', 'at', 'who', 'action', 'request', 'family', 'subject']
      const name = `${say.label('consoleSettings.audit.file')}-${dayAt(now, region.timeZone).toString()}.csv`
      // With a byte order mark, without which a spreadsheet takes it for another encoding.
      const content = `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`
      return { name, type: 'text/csv; charset=utf-8', content }
    },
  )

  page(
    console,
    `${at}/seen`,
    {
      for: supervisors,
      query: z.object({ by: z.uuid(), since: z.iso.date(), after: z.string().regex(/^[0-9a-f-]{1,36}$/) }),
    },
    async (visit) => {
      const { staff, now, query } = visit
      const people = await actorsOf(database, { staff })
      const since = query.since ?? dayAt(new Date(now.getTime() - 7 * dayMs), region.timeZone).toString()
      const by = people.find(({ id }) => id === query.by)?.id ?? null
      if (by === null) return seenPage(visit, { by, since, people, items: [], next: null })
      const found = await database.transaction((tx) =>
        seenByActor(
          tx,
          { staff, now },
          { actorId: by, since: new Date(`${since}T00:00:00Z`), after: query.after, limit: pageSize + 1 },
        ),
      )
      const items = found.slice(0, pageSize)
      const last = items.at(-1)
      const next =
        last && found.length > pageSize
          ? `${at}/seen?${new URLSearchParams({ by, since, after: last.place })}`
          : null
      return seenPage(visit, { by, since, people, items, next })
    },
  )

  page(console, `${at}/check`, { for: supervisors }, async (visit) =>
    checkedPage(visit, await checkAudit(database, visit)),
  )
}

/** A cell of text, which no spreadsheet evaluates as a formula. */
const cell = (text: string): string => {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${plain.replaceAll('"', '""')}"`
}
