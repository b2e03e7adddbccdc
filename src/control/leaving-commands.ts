import { DomainError } from '#core/errors.ts'
import { leave, replaceAccount, type WorkOfMember, workOfMember } from '#features/staff/leaving.ts'
import type { Command, CommandDeps } from './command.ts'
import { CommandProblem } from './command-problem.ts'
import { linkLines } from './link-lines.ts'

/** Gives a member whose phone is lost a link for another account. */
export const lostPhoneCommand = async (deps: CommandDeps, staffId: string): Promise<string[]> => {
  const enqueue = await deps.enqueue()
  const link = { enqueue, botUsername: await deps.botUsername(), now: deps.clock.now() }
  const invitation = await asProblem(() => deps.db.transaction((tx) => replaceAccount(tx, link, staffId)))
  return ['The account before has no access any more', ...linkLines(invitation)]
}

export const workCommand = async ({ db, clock }: CommandDeps, staffId: string): Promise<string[]> =>
  workLines(await asProblem(() => workOfMember(db, staffId, clock.now())))

/** What `staff leave` would hand over, before somebody confirms it. */
export const leaveQuestion = (work: readonly string[]): string =>
  [
    'They lose access at once, and this goes to others; the families are told:',
    ...work,
    'Go on? Type «yes»: ',
  ].join('\n')

export const leaveCommand = async (
  { db, clock, ...deps }: CommandDeps,
  { staffId, to }: Extract<Command, { name: 'staff-leave' }>,
): Promise<string[]> => {
  const enqueue = await deps.enqueue()
  const leaving = { staffId, to: to === 'evenly' ? null : to, by: {}, now: clock.now() }
  const work = await asProblem(() => db.transaction((tx) => leave(tx, { enqueue }, leaving)))
  return [
    'They have no access from now on. This is handed over within seconds; what nobody can take stays an alarm to supervisors:',
    ...workLines(work),
  ]
}

/** What is still theirs after a change, if there is anything. */
export const leftLines = async ({ db, clock }: CommandDeps, staffId: string): Promise<string[]> => {
  const work = await workOfMember(db, staffId, clock.now())
  const { requests, families, visits, uncovered } = work
  const any = requests.length + families.length + visits.length + uncovered.length > 0
  return any
    ? ['Still theirs; «staff leave» or a supervisor in the bot gives it to others:', ...workLines(work)]
    : []
}

const workLines = ({ requests, families, visits, uncovered }: WorkOfMember): string[] => [
  `requests\t${requests.length}`,
  `families\t${families.length}`,
  `visits ahead\t${visits.length}`,
  ...(uncovered.length > 0
    ? [
        `nobody else of their role serves ${uncovered.join(', ')}: add somebody, or give a colleague the territory`,
      ]
    : []),
]

const problems: Partial<Record<string, string>> = {
  'not-found': 'No staff member has this id',
  'already-closed': 'They do not work here any more',
  'not-eligible': 'Whoever takes over must be an active colleague: «staff list» has the ids',
}

const wrongRole =
  'An intake specialist takes no families and visits: name a curator or a supervisor («staff list» has the ids), or say «--to evenly». Requests go by the routing’s rule in any case'

const asProblem = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    const role = error instanceof DomainError && error.rule === 'role'
    const problem = role ? wrongRole : error instanceof DomainError ? problems[error.code] : undefined
    if (problem === undefined) throw error
    throw new CommandProblem(problem, { cause: error })
  }
}
