import type { Person } from './protocol.ts'
import type { NewPerson } from './telegram/persons.ts'
import type { Telegram } from './telegram/telegram.ts'

type DemoPerson = NewPerson & { id: number; part: Person['part'] }

/** Who has a phone when the sandbox is opened for the first time. */
export const demoPeople: readonly DemoPerson[] = [
  { id: 5_000_001, firstName: 'Ольга', languageCode: 'ru', phone: '+79001112233', part: 'parent' },
  { id: 5_000_002, firstName: 'Даша', languageCode: 'ru', phone: '+79001112244', part: 'teenager' },
  { id: 5_000_003, firstName: 'Анна', languageCode: 'ru', phone: '+79001112255', part: 'intake' },
]

/** Adds those who are not there yet. */
export const addDemoPeople = (telegram: Telegram): void => {
  const known = new Set(telegram.people().map((account) => account.id))
  for (const { part: _, ...person } of demoPeople) if (!known.has(person.id)) telegram.addPerson(person)
}

export const partOf = (id: number): Person['part'] =>
  demoPeople.find((person) => person.id === id)?.part ?? 'other'
