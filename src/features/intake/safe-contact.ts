import { type Answers, safeContacts } from './answers.ts'

type SafeContact = (typeof safeContacts)[number]
type Ways = Pick<Answers, 'safeToWrite' | 'safeToCall' | 'phone'>

/** What one card asks, as the two answers that everybody reads. */
const waysOf: Readonly<Record<SafeContact, Required<Omit<Ways, 'phone'>>>> = {
  both: { safeToWrite: 'yes', safeToCall: 'yes' },
  write: { safeToWrite: 'yes', safeToCall: 'no' },
  call: { safeToWrite: 'no', safeToCall: 'yes' },
  none: { safeToWrite: 'no', safeToCall: 'no' },
}

/**
 * Whether writing and calling is safe. A draft of the order before ADR 49 answered them as two questions; `null` if
 * either is still missing.
 */
export const waysToContact = ({ safeContact, safeToWrite, safeToCall, phone }: Answers): Ways | null => {
  if (safeContact) return waysOf[safeContact]
  if (safeToWrite === undefined) return null
  if (safeToCall !== undefined) return { safeToWrite, safeToCall }
  return phone === 'telegram-only' ? { safeToWrite, phone } : null
}

/** The two answers of an earlier draft, as the one card says them; undefined if they are missing. */
export const safeContactOf = (answers: Answers): SafeContact | undefined => {
  const ways = waysToContact(answers)
  if (ways === null) return undefined
  return safeContacts.find(
    (code) =>
      waysOf[code].safeToWrite === ways.safeToWrite && waysOf[code].safeToCall === (ways.safeToCall ?? 'no'),
  )
}

/** Whether a number is of use: whoever must not be called is not asked for one. */
export const mayBeCalled = ({ safeContact, safeToCall }: Answers): boolean =>
  safeContact === undefined || safeToCall === 'yes'
