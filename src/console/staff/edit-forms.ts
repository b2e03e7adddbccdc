import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { overlappingDay } from '#features/routing/duty-hours.ts'
import { changeColleague } from '#features/staff/manage-staff.ts'
import { mergeEdits } from '#features/staff/merge-edits.ts'
import { oneInReach } from '#features/staff/staff-for-supervisor.ts'
import type { Tx } from '#storage/database.ts'
import type { StaffMember, StaffSettings } from '#storage/staff/staff.ts'
import { type Console, form, page } from '../routes.ts'
import type { Again, Next, Visit } from '../visit.ts'
import { drawnFrom, dutyHoursIn, hoursFields, loadFields, rightsFields, shownIn } from './staff-fields.ts'
import { type Drafts, staffEditPage } from './staff-edit-page.ts'
import { hoursInWords, territoryName } from './staff-words.ts'

const params = z.object({ id: z.uuid() })
const supervisors = ['supervisor'] as const

/** «Изменить»: rights, load and hours, each a form; what two people change at once is merged by field. */
export const registerStaffEditing = (console: Console): void => {
  const { deps } = console
  const one = (reader: Tx, visit: Visit, memberId: string) =>
    oneInReach({ database: reader, region: deps.region }, { staff: visit.staff, memberId, now: visit.now })

  page(console, '/console/staff/:id/edit', { for: supervisors, params }, async (visit) => {
    const {
      staff,
      now,
      params: { id: memberId },
    } = visit
    const found = await oneInReach(deps, { staff, memberId, now })
    if (!found.member.active) throw new DomainError('not-found')
    return staffEditPage(visit, found)
  })

  /** Carries out what was changed, or shows the form again with what somebody else has changed of the same. */
  const save = async (
    tx: Tx,
    visit: Visit,
    given: {
      memberId: string
      of: 'rights' | 'load' | 'hours'
      typed: Partial<StaffSettings>
      shown: string
      drafts: Drafts
    },
  ): Promise<Next | Again> => {
    const { memberId, of, typed, drafts } = given
    const { staff, now } = visit
    const found = await one(tx, visit, memberId)
    const current = Object.fromEntries(
      Object.keys(typed).map((key) => [key, found.member[key as keyof StaffSettings]]),
    ) as Partial<StaffSettings>
    const { changes, conflicts } = mergeEdits({ shown: shownIn(given.shown), typed, now: current })
    if (conflicts.length > 0) {
      const lines = conflicts.map((field) => conflictLine(visit, field as keyof StaffSettings, found.member))
      const again = staffEditPage(visit, found, { ...drafts, problems: { of, lines } })
      return { again }
    }
    if (Object.keys(changes).length > 0)
      await changeColleague(tx, deps, { staff, memberId, now, revision: found.member.revision, changes })
    return { to: `/console/staff/${memberId}`, done: 'staffChanged' }
  }

  form(
    console,
    '/console/staff/:id/rights',
    { for: supervisors, params, fields: rightsFields.extend(drawnFrom), confirmed: true },
    async (tx, visit) => {
      const {
        params: { id: memberId },
        fields: { shown, ...typed },
      } = visit
      const found = await one(tx, visit, memberId)
      if (!found.manages) throw new DomainError('not-found')
      if (typed.territories.length === 0) {
        const lines = [visit.say.label('consoleStaff.noTerritory')]
        return { again: staffEditPage(visit, found, { rights: typed, problems: { of: 'rights', lines } }) }
      }
      return save(tx, visit, { memberId, of: 'rights', typed, shown, drafts: { rights: typed } })
    },
  )

  form(
    console,
    '/console/staff/:id/load',
    { for: supervisors, params, fields: loadFields.extend(drawnFrom) },
    async (tx, visit) => {
      const {
        params: { id: memberId },
        fields: { shown, ...typed },
      } = visit
      if (typed.languages.length === 0) {
        const lines = [visit.say.label('consoleStaff.noLanguage')]
        const found = await one(tx, visit, memberId)
        return { again: staffEditPage(visit, found, { load: typed, problems: { of: 'load', lines } }) }
      }
      return save(tx, visit, { memberId, of: 'load', typed, shown, drafts: { load: typed } })
    },
  )

  form(
    console,
    '/console/staff/:id/hours',
    { for: supervisors, params, fields: hoursFields.extend(drawnFrom) },
    async (tx, visit) => {
      const {
        say,
        params: { id: memberId },
        fields: { shown, ...hours },
      } = visit
      const again = async (lines: string[]): Promise<Again> => {
        const found = await one(tx, visit, memberId)
        return { again: staffEditPage(visit, found, { hours, problems: { of: 'hours', lines } }) }
      }
      const read = dutyHoursIn(hours)
      if ('wrong' in read)
        return again(
          read.wrong.map((day) =>
            say.label('consoleStaff.notHours', { day: say.label(`consoleStaff.daysLong.${day}`) }),
          ),
        )
      const overlap = read.hours && overlappingDay(read.hours)
      if (overlap)
        return again([
          say.label('consoleStaff.overlap', { day: say.label(`consoleStaff.daysLong.${overlap}`) }),
        ])
      const typed = { dutyHours: read.hours }
      return save(tx, visit, { memberId, of: 'hours', typed, shown, drafts: { hours } })
    },
  )
}

/** What a field is by now, because somebody else has changed it. */
const conflictLine = (visit: Visit, field: keyof StaffSettings, member: StaffMember): string => {
  const { say } = visit
  const now = {
    name: () => member.name,
    role: () => say.label(`staff.roles.${member.role}`),
    territories: () => member.territories.map((code) => territoryName(visit, code)).join('; '),
    languages: () =>
      member.languages.map((code) => say.label(`consoleStaff.languageNames.${code}`)).join(', '),
    minorsTrained: () => say.label(member.minorsTrained ? 'consoleStaff.yes' : 'consoleStaff.no'),
    capacity: () => (member.capacity === null ? say.label('consoleStaff.noLimit') : `${member.capacity}`),
    dutyHours: () => hoursInWords(say, member.dutyHours),
  } satisfies Record<keyof StaffSettings, () => string>
  return say.label('consoleStaff.changedMeanwhile', {
    field: say.label(`consoleStaff.${field === 'name' ? 'firstName' : field}`),
    value: now[field](),
  })
}
