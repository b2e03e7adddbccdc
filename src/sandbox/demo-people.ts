import type { Person } from './protocol.ts'
import type { NewPerson } from './telegram/persons.ts'
import type { Telegram } from './telegram/telegram.ts'

/** A staff member of the demo centre. */
export type DemoStaff = {
  name: string
  role: 'intake' | 'curator' | 'supervisor'
  languages: string[]
  minorsTrained: boolean
}
type DemoPerson = NewPerson & { id: number; part: Person['part']; staff?: Omit<DemoStaff, 'name'> }

/**
 * The initial phones of the sandbox. Two specialists with different duties make routing visible: a teenager's request
 * goes to one of them, and each can reassign a request to the other.
 */
export const demoPeople: readonly DemoPerson[] = [
  { id: 5_000_001, firstName: 'Ольга', languageCode: 'ru', phone: '+79001112233', part: 'parent' },
  { id: 5_000_002, firstName: 'Даша', languageCode: 'ru', phone: '+79001112244', part: 'teenager' },
  {
    id: 5_000_003,
    firstName: 'Анна',
    languageCode: 'ru',
    phone: '+79001112255',
    part: 'intake',
    staff: { role: 'intake', languages: ['ru'], minorsTrained: false },
  },
  {
    id: 5_000_004,
    firstName: 'Марина',
    languageCode: 'ru',
    phone: '+79001112266',
    part: 'minors',
    staff: { role: 'intake', languages: ['ru', 'en'], minorsTrained: true },
  },
  {
    id: 5_000_005,
    firstName: 'Елена',
    languageCode: 'ru',
    phone: '+79001112277',
    part: 'supervisor',
    staff: { role: 'supervisor', languages: ['ru'], minorsTrained: false },
  },
  {
    id: 5_000_006,
    firstName: 'Ирина',
    languageCode: 'ru',
    phone: '+79001112288',
    part: 'curator',
    staff: { role: 'curator', languages: ['ru'], minorsTrained: true },
  },
  // A family under support: its phones start with the centre's invitation.
  { id: 5_000_007, firstName: 'Светлана', languageCode: 'ru', phone: '+79001112299', part: 'supported' },
  { id: 5_000_008, firstName: 'Тимур', languageCode: 'ru', phone: '+79001112200', part: 'supportedTeenager' },
  { id: 5_000_009, firstName: 'Валентина', languageCode: 'ru', phone: '+79001112211', part: 'neighbour' },
]

/** Adds the people that do not exist yet. */
export const addDemoPeople = (telegram: Telegram): void => {
  const known = new Set(telegram.people().map((account) => account.id))
  for (const { part: _, staff: __, ...person } of demoPeople)
    if (!known.has(person.id)) telegram.addPerson(person)
}

export const partOf = (id: number): Person['part'] =>
  demoPeople.find((person) => person.id === id)?.part ?? 'other'
