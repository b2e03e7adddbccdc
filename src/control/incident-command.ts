import { incidentFacts } from '#features/incidents/incident-facts.ts'
import { incidentNotices } from '#features/incidents/incident-notices.ts'
import type { Command, CommandDeps } from './command.ts'
import { CommandProblem } from './command-problem.ts'

/**
 * Drafts the notices of an incident and the list of those to be told, from what the audit knows. Throws CommandProblem
 * for an unknown id, and for moments that are to come or in the wrong order.
 */
export const incidentCommand = async (
  { db, clock, territories, notices }: CommandDeps,
  { actorId, since, found, language }: Extract<Command, { name: 'incident-draft' }>,
): Promise<string[]> => {
  const now = clock.now()
  const given = { actorId, since: new Date(since), found: new Date(found), now }
  if (given.found > now)
    throw new CommandProblem('--found is still to come: it is when the incident was found')
  if (given.since > given.found) throw new CommandProblem('--since must not be after --found')
  const facts = await db.transaction((tx) => incidentFacts(tx, given))
  if (!facts) throw new CommandProblem('No staff member or key has this id')
  const { texts, organisation } = await notices()
  if (!organisation)
    throw new CommandProblem('The notices name the centre: set ORGANISATION_NAME, _ADDRESS and _CONTACT')
  const { timeZone } = territories.region
  const territory = (code: string) => territories.nameOf(language, code) ?? code
  const centre = organisation
  return incidentNotices(texts.for(language, 'adult'), { facts, centre, territory, timeZone, now })
}
