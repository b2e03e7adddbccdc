import { Temporal } from 'temporal-polyfill'
import { DomainError } from '#core/errors.ts'
import { dayOfMoment } from '#features/cases/case-record.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import type { RegisterCode, RegisterRule } from '#regions/registers/register.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit, addFirstNames } from '#storage/staff/audit.ts'
import { caseRows, readableColumns } from './case-register.ts'
import { helpRows } from './help-register.ts'
import { isQuarter, type Period, periodProblem } from './periods.ts'
import type { Register, RegisterRow } from './register.ts'
import { resultColumns, resultRows } from './results-register.ts'
import { territoryColumns, territoryRows } from './territory-register.ts'

/** A centre has fewer families in a year; more would be held in memory at once. */
const mostRows = 20_000

export const findRegister = ({ registers }: Pick<Region, 'registers'>, code: string): RegisterRule => {
  const rule = registers.find((one) => one.code === code)
  if (!rule) throw new DomainError('not-found')
  return rule
}

/** Whether the key may open the families that stand behind the figures. */
export const mayOpenFamilies = ({ scopes }: Pick<Caller, 'scopes'>): boolean => scopes.has('families:read')

type Deps = { sealer: Sealer; region: Region }
type Asked = Period & { caller: Caller; code: RegisterCode; now: Date }

/**
 * A register of the region for a period, of the families that the key reaches. Audited; so is each family whose name it tells. Whoever may
 * not open families sees no rows of single ones (the caller checks that), no figure of fewer than five, and one quarter at a time:
 * periods that overlap would tell by subtraction. Throws `not-found`, `invalid-input` for such a period, and for one with too many rows.
 */
export const openRegister = async (tx: Tx, deps: Deps, asked: Asked): Promise<Register> => {
  const { caller, code, from, until, now } = asked
  const rule = findRegister(deps.region, code)
  const today = dayOfMoment(deps.region, now)
  const guarded = !mayOpenFamilies(caller)
  mustBePeriod(asked, { today, guarded })
  await addAudit(tx, { at: now, action: 'register.opened', apiKeyId: caller.keyId })
  const { columns, rows } = await contentsOf(tx, deps, rule, { ...asked, today, guarded })
  if (rows.length > mostRows) throw new DomainError('invalid-input', { field: 'until' })
  if (columns.includes('name'))
    await addFirstNames(tx, { familyIds: namesIn(rows), now, apiKeyId: caller.keyId })
  return { code, clause: rule.clause, from, until, complete: until < today, columns, rows }
}

const mustBePeriod = (period: Period, { today, guarded }: { today: string; guarded: boolean }): void => {
  const problem = periodProblem(period, today)
  if (problem) throw new DomainError('invalid-input', { field: problem === 'future' ? 'from' : 'until' })
  if (guarded && !isQuarter(period)) throw new DomainError('invalid-input', { field: 'until' })
}

const namesIn = (rows: readonly RegisterRow[]): string[] => [...new Set(rows.map(({ code }) => code))]

const contentsOf = async (
  tx: Tx,
  deps: Deps,
  rule: RegisterRule,
  { caller, from, until, today, guarded }: Asked & { today: string; guarded: boolean },
): Promise<{ columns: string[]; rows: RegisterRow[] }> => {
  const { region } = deps
  const scope = { from, until, territories: caller.territories }
  const known = { timeZone: region.timeZone, limit: mostRows + 1 }
  switch (rule.rows) {
    case 'cases': {
      const open = { details: caller.scopes.has('families:details'), staff: caller.scopes.has('staff:read') }
      const columns = readableColumns(rule, open)
      const begin = rule.inTouch ? touchedSince(region, from) : from
      const rows = await caseRows(tx, deps, rule, { ...scope, ...known, from: begin, columns })
      return { columns, rows }
    }
    case 'help':
      return { columns: [...rule.columns], rows: await helpRows(tx, rule, { ...scope, guarded }) }
    case 'results': {
      const asked = { ...scope, ...known, guarded, today }
      return { columns: [...resultColumns], rows: await resultRows(tx, deps, rule.results, asked) }
    }
    case 'territories': {
      const curators = caller.scopes.has('staff:read')
      const day = until < today ? until : today
      const asked = { territories: caller.territories, day, guarded, curators, limit: known.limit }
      return {
        columns: territoryColumns(region, { curators }),
        rows: await territoryRows(tx, deps, asked),
      }
    }
  }
}

/** Whose support ended before this is not asked any more how it is. */
const touchedSince = ({ caseRules: { postSupport } }: Region, from: string): string =>
  Temporal.PlainDate.from(from)
    .subtract({ months: postSupport.months * postSupport.times })
    .toString()
