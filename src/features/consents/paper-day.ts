import { DomainError } from '#core/errors.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'

/** When 152-ФЗ came into force: no consent to it is older. */
const lawSince = '2007-01-26'

/**
 * Throws `invalid-input` for the field, if a day cannot be: it is to come, or before the law, or before whoever signs was born. All days are
 * ISO.
 */
export const mustBePaperDay = (
  day: string,
  { field, now, timeZone, born }: { field: string; now: Date; timeZone: string; born?: string | undefined },
): void => {
  const today = dayAt(now, timeZone).toString()
  if (day > today || day < lawSince || (born !== undefined && day < born))
    throw new DomainError('invalid-input', { field })
}
