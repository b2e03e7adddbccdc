import { DomainError } from '#core/errors.ts'
import { dayOfMoment } from '#features/cases/case-record.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import { type FamilyNumber, numbersOf } from '#storage/registers/family-rows.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit, addFirstNames } from '#storage/staff/audit.ts'
import { type Asked, figuresOf, findRegister, readerIn } from './open-register.ts'
import { mostShown } from './episodes.ts'
import { periodProblem } from './periods.ts'

/**
 * The families behind a figure of a register, by number; the caller checks that the key may open them. Audited, for each family. Throws `not-found` as `openRegister` does,
 * and `invalid-input` for its periods, for a figure that it does not have, and for a register whose rows are families already.
 */
export const openFigure = async (
  tx: Tx,
  deps: { sealer: Sealer; region: Region },
  { row, column, ...asked }: Asked & { row: string; column: string },
): Promise<FamilyNumber[]> => {
  const { caller, code, now } = asked
  const rule = findRegister(deps.region, code)
  if (rule.rows === 'cases') throw new DomainError('invalid-input', { field: 'column' })
  const today = dayOfMoment(deps.region, now)
  const problem = periodProblem(asked, today)
  if (problem) throw new DomainError('invalid-input', { field: problem === 'future' ? 'from' : 'until' })
  await addAudit(tx, { at: now, action: 'register.opened', ...readerIn(caller) })
  const figures = await figuresOf(tx, deps, rule, { ...asked, today, most: mostShown + 1 })
  const found = figures.find((one) => one.code === row)
  if (!found) throw new DomainError('invalid-input', { field: 'row' })
  const count = Object.hasOwn(found.counts, column) ? found.counts[column] : undefined
  if (!count) throw new DomainError('invalid-input', { field: 'column' })
  if (count.families.length > mostShown) throw new DomainError('invalid-input', { field: 'until' })
  await addFirstNames(tx, { familyIds: count.families, now, ...readerIn(caller) })
  return numbersOf(tx, count.families)
}
