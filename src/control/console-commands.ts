import { DomainError } from '#core/errors.ts'
import { newConsoleAddress, operatorLinkMs } from '#features/console/console-access.ts'
import { linkIdentity } from '#features/console/identities.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { listStaff } from '#storage/staff/staff.ts'
import type { Command, CommandDeps } from './command.ts'
import { CommandProblem } from './command-problem.ts'
import { linkLines } from './link-lines.ts'

/** A one-time link into the console, which an operator passes on. */
export const consoleLinkCommand = async (
  { db, clock, desk }: CommandDeps,
  { who }: Extract<Command, { name: 'console-link' }>,
): Promise<string[]> => {
  const { sealer, pagesUrl } = await desk()
  if (pagesUrl === undefined)
    throw new CommandProblem(
      'The console has no address: set PUBLIC_URL, or LOCAL_URL for the centre’s network',
    )
  const member = await onlyMember(db, who)
  const now = clock.now()
  const asked = { pagesUrl, staffId: member.id, now, forMs: operatorLinkMs }
  try {
    const { address, expiresAt } = await db.transaction(async (tx) => {
      await addAudit(tx, { at: now, action: 'console.link-given', subjectId: member.id })
      return newConsoleAddress(tx, { sealer }, asked)
    })
    return [`For ${member.name} (${member.role}) alone`, ...linkLines({ link: address, expiresAt })]
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    throw new CommandProblem('They are absent now, or do not work here', { cause: error })
  }
}

/** By id, or by a first name that one member has. */
const onlyMember = async (db: CommandDeps['db'], who: string) => {
  const active = (await listStaff(db)).filter((member) => member.active)
  const [member, another] = active.filter(({ id, name }) => id === who || name === who)
  if (!member) throw new CommandProblem('No staff member who works here has this id or first name')
  if (another)
    throw new CommandProblem('Several have this first name: give the id, as «staff list» prints it')
  return member
}

/** Who a member is for the centre's own sign-in. */
export const consoleIdentityCommand = async (
  { db, clock, desk }: CommandDeps,
  { staffId, value }: Extract<Command, { name: 'console-identity' }>,
): Promise<string[]> => {
  const { sealer, oidc } = await desk()
  if (!oidc) throw new CommandProblem('The centre has no sign-in of its own: set OIDC_ISSUER')
  const identity = value === undefined ? null : { ...oidc, value }
  try {
    await db.transaction((tx) => linkIdentity(tx, sealer, { staffId, identity, now: clock.now() }))
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const problem =
      error.code === 'not-found' ? 'No staff member has this id' : 'Another staff member has this identity'
    throw new CommandProblem(problem, { cause: error })
  }
  return [
    identity
      ? `They come into the console by ${oidc.issuer} from now on, claim ${oidc.claim}`
      : 'They do not come into the console by that sign-in any more',
  ]
}
