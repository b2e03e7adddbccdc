import { DomainError } from '#core/errors.ts'
import { accessActor } from '#features/staff/access-alerts.ts'
import { seenBy } from '#features/staff/audit-seen.ts'
import { usualPerHour } from '#features/staff/bulk-viewing.ts'
import { endAccess } from '#features/staff/end-access.ts'
import { setViewingLimit } from '#storage/staff/access-watches.ts'
import { addAudit, type SeenData } from '#storage/staff/audit.ts'
import type { Command, CommandDeps } from './command.ts'
import { CommandProblem } from './command-problem.ts'

/** Ends the sessions and links of a member of staff or of a family. */
export const endAccessCommand = async (deps: CommandDeps, memberId: string): Promise<string[]> => {
  const enqueue = await deps.enqueue()
  try {
    const ended = await deps.db.transaction((tx) =>
      endAccess(tx, { enqueue }, { memberId, now: deps.clock.now() }),
    )
    return [
      `Ended for this ${ended.of === 'staff' ? 'staff member' : 'family member'}: ${[
        `links ${ended.links}`,
        `sessions of the console ${ended.sessions}`,
        ...(ended.of === 'staff' ? [`passkeys ${ended.passkeys}`] : []),
        `calendars ${ended.calendars}`,
      ].join(', ')}`,
      ended.card
        ? 'The card that they have open is replaced by the menu as soon as the app runs'
        : 'They have not joined the bot, so no card is open',
      ended.of === 'staff'
        ? 'They still work in the bot: end that with {"active": false} through the API'
        : 'They are still a member: a new link moves them to another account, and the API removes them',
    ]
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    throw new CommandProblem('No staff or family member has this id; keys end with «key revoke»', {
      cause: error,
    })
  }
}

/** Sets what counts as bulk viewing for one staff member or key. */
export const limitAccessCommand = async (
  { db, clock }: CommandDeps,
  { actorId, perHour }: Extract<Command, { name: 'access-limit' }>,
): Promise<string[]> => {
  const actor = await accessActor(db, actorId)
  if (!actor) throw new CommandProblem('No staff member or key has this id')
  await db.transaction(async (tx) => {
    await setViewingLimit(tx, actorId, perHour === 'usual' ? null : perHour)
    await addAudit(tx, { at: clock.now(), action: 'access.limit-changed', subjectId: actorId })
  })
  const limit = perHour === 'usual' ? usualPerHour[actor.role] : perHour
  return [`Supervisors are told if ${actor.name} opens more than ${limit} families and requests in an hour`]
}

const pageSize = 500

/** Lists whose data a staff member or key has opened. */
export const auditSeenCommand = async (
  { db, clock }: CommandDeps,
  { actorId, since }: Extract<Command, { name: 'audit-seen' }>,
): Promise<string[]> => {
  if (!(await accessActor(db, actorId))) throw new CommandProblem('No staff member or key has this id')
  const of = { actorId, since: new Date(since), territories: 'all', limit: pageSize } as const
  const all: SeenData[] = []
  for (let after: string | undefined; ; after = all.at(-1)?.place) {
    const page = await db.transaction((tx) => seenBy(tx, { ...of, after, now: clock.now() }))
    all.push(...page)
    if (page.length < pageSize) break
  }
  if (all.length === 0) return [`Nothing was opened since ${of.since.toISOString()}`]
  return [`Opened since ${of.since.toISOString()}, by family and request:`, ...all.map(lineOf)]
}

const lineOf = ({ actions, times, firstAt, lastAt, ...of }: SeenData): string => {
  const what = of.familyId
    ? `family ${of.familyNumber}\t${of.familyId}`
    : of.requestId
      ? `request ${of.requestNumber}\t${of.requestId}`
      : 'many\t-'
  return [what, actions.join(','), `${times} times`, firstAt.toISOString(), lastAt.toISOString()].join('\t')
}
