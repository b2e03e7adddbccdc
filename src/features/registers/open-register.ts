import { Temporal } from 'temporal-polyfill'
import { DomainError } from '#core/errors.ts'
import { dayOfMoment } from '#features/cases/case-record.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import type { Scope } from '#features/staff/api-scopes.ts'
import type { RegisterCode, RegisterRule } from '#regions/registers/register.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit, addFirstNames } from '#storage/staff/audit.ts'
import { caseRows, type Openness, readableColumns } from './case-register.ts'
import { helpRows } from './help-register.ts'
import { isQuarter, type Period, periodProblem } from './periods.ts'
import { type CountedRow, type Register, type RegisterRow, revealed } from './register.ts'
import { resultColumns, resultRows, withChange } from './results-register.ts'
import { territoryColumns, territoryRows } from './territory-register.ts'

/** Enough to see whether there are fewer than five. */
const namedForFew = 5

export const findRegister = ({ registers }: Pick<Region, 'registers'>, code: string): RegisterRule => {
  const rule = registers.find((one) => one.code === code)
  if (!rule) throw new DomainError('not-found')
  return rule
}

/** What a row, or who stands behind a figure, tells of a family: its help, or what happened to it. */
const opened = {
  cases: 'families:read',
  help: 'plans:read',
  results: 'families:details',
  territories: 'families:details',
} as const satisfies Record<RegisterRule['rows'], Scope>

/** Whether the key may open the families of the rows, or those that stand behind the figures. */
export const mayOpenFamilies = ({ scopes }: Pick<Caller, 'scopes'>, { rows }: RegisterRule): boolean =>
  scopes.has('families:read') && scopes.has(opened[rows])

/** What the key may read of single families besides. */
export const opennessOf = ({ scopes }: Pick<Caller, 'scopes'>): Openness => ({
  details: scopes.has('families:details'),
  staff: scopes.has('staff:read'),
})

type Deps = { sealer: Sealer; region: Region }
/** A key of the API, or a member of staff, with what they may read. */
export type RegisterReader = Pick<Caller, 'scopes' | 'territories'> &
  ({ keyId: string } | { staffId: string })
export type Asked = Period & { caller: RegisterReader; code: RegisterCode; now: Date }

/** Whose the access is in the audit. */
export const readerIn = (caller: RegisterReader): { staffId: string } | { apiKeyId: string } =>
  'keyId' in caller ? { apiKeyId: caller.keyId } : { staffId: caller.staffId }

/**
 * A register of the region for a period, of the families that the key reaches. Audited; so is each family whose name it tells. Whoever may
 * not open families sees no rows of single ones (the caller checks that), no figure of fewer than five, and one quarter that is over:
 * periods that overlap, or that grow from day to day, would tell by subtraction. Throws `not-found`, `invalid-input` for such a period,
 * and for one with too many rows.
 */
export const openRegister = async (tx: Tx, deps: Deps, asked: Asked): Promise<Register> => {
  const { caller, code, from, until, now } = asked
  const rule = findRegister(deps.region, code)
  const { today, guarded } = await admit(tx, deps, rule, asked)
  const { columns, rows } = await contentsOf(tx, deps, rule, { ...asked, today, guarded })
  if (columns.includes('name'))
    await addFirstNames(tx, { familyIds: namesIn(rows), now, ...readerIn(caller) })
  return { code, clause: rule.clause, from, until, complete: until < today, columns, rows }
}

/** Checks the period, and writes the audit. Throws `invalid-input`. */
export const admit = async (
  tx: Tx,
  { region }: Pick<Deps, 'region'>,
  rule: RegisterRule,
  { now, caller, ...period }: Asked,
): Promise<{ today: string; guarded: boolean }> => {
  const today = dayOfMoment(region, now)
  const guarded = !mayOpenFamilies(caller, rule)
  mustBePeriod(period, { today, guarded })
  await addAudit(tx, { at: now, action: 'register.opened', ...readerIn(caller) })
  return { today, guarded }
}

const mustBePeriod = (period: Period, { today, guarded }: { today: string; guarded: boolean }): void => {
  const problem = periodProblem(period, today)
  if (problem) throw new DomainError('invalid-input', { field: problem === 'future' ? 'from' : 'until' })
  if (guarded && !(isQuarter(period) && period.until < today))
    throw new DomainError('invalid-input', { field: 'until' })
}

const namesIn = (rows: readonly RegisterRow[]): string[] => [...new Set(rows.map(({ code }) => code))]

type Known = Asked & { today: string }

const contentsOf = async (
  tx: Tx,
  deps: Deps,
  rule: RegisterRule,
  { guarded, ...asked }: Known & { guarded: boolean },
): Promise<{ columns: string[]; rows: RegisterRow[] }> => {
  const { region } = deps
  const { caller, from, now } = asked
  if (rule.rows === 'cases') {
    const columns = readableColumns(rule, opennessOf(caller))
    const begin = rule.inTouch ? touchedSince(region, from) : from
    const scope = { ...scopeOf(asked), from: begin }
    const { timeZone } = region
    return {
      columns,
      rows: await caseRows(tx, deps, rule, { ...scope, timeZone, columns, by: readerIn(caller), now }),
    }
  }
  const counted = await figuresOf(tx, deps, rule, { ...asked, most: namedForFew })
  const rows = counted.map((row) => revealed(row, { guarded }))
  if (rule.rows === 'help') return { columns: [...rule.columns], rows }
  if (rule.rows === 'results') return { columns: [...resultColumns], rows: rows.map(withChange) }
  return { columns: territoryColumns(region, { curators: caller.scopes.has('staff:read') }), rows }
}

const scopeOf = ({ caller, from, until }: Asked) => ({ from, until, territories: caller.territories })

/** The figures of a register with the families behind them, of each at least as many as asked for. */
export const figuresOf = (
  tx: Tx,
  deps: Deps,
  rule: Exclude<RegisterRule, { rows: 'cases' }>,
  { most, today, ...asked }: Known & { most: number },
): Promise<CountedRow[]> => {
  const { caller, until } = asked
  const scope = scopeOf(asked)
  const { timeZone } = deps.region
  if (rule.rows === 'help') return helpRows(tx, rule, { ...scope, timeZone, most })
  if (rule.rows === 'results') return resultRows(tx, deps, rule.results, { ...scope, timeZone, today })
  const day = until < today ? until : today
  const { territories, scopes } = caller
  return territoryRows(tx, deps, { territories, day, curators: scopes.has('staff:read') })
}

/** Whose support ended before this is not asked any more how it is. */
export const touchedSince = ({ caseRules: { postSupport } }: Region, from: string): string =>
  Temporal.PlainDate.from(from)
    .subtract({ months: postSupport.months * postSupport.times })
    .toString()
