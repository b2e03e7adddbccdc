import type { Person, State } from '../protocol.ts'
import { type Client, Refused } from './client.ts'

/** Other names of the parts that people have in the demo. */
const aliases: Record<string, Person['part']> = {
  mother: 'parent',
  girl: 'teenager',
  specialist: 'intake',
  family: 'supported',
  son: 'supportedTeenager',
}

export const listPeople = ({ people }: State): string =>
  people
    .map(
      ({ id, firstName, part, languageCode }) =>
        `  ${part.padEnd(18)} ${firstName} (${languageCode}), phone ${id}`,
    )
    .join('\n')

/**
 * The person to speak as: by part, first name or id. `new` adds somebody whom the bot has never met.
 * @throws Refused naming everybody if there is no such person
 */
export const choosePerson = async (client: Client, as: string, languageCode: string): Promise<Person> => {
  if (as === 'new')
    return client.addPerson({
      firstName: 'Talk',
      languageCode,
      phone: `+7900${String(process.pid).padStart(7, '0')}`,
    })
  const state = await client.state()
  const part = aliases[as] ?? as
  const found = state.people.find(
    ({ id, firstName, part: theirs }) => theirs === part || firstName === as || String(id) === as,
  )
  if (!found)
    throw new Refused(
      `nobody is «${as}»; there are:\n${listPeople(state)}\n  new                somebody whom the bot has never met`,
    )
  return found
}
