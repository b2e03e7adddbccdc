import type { Staff } from '#features/requests/cases.ts'
import { lastEpisode } from '#storage/cases/episodes.ts'
import { absentAt } from '#storage/staff/absences.ts'
import type { Reader } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { findStaff, joinedStaff, type StaffRole } from '#storage/staff/staff.ts'

// The one place that decides what staff and API keys may do with a family. Every door asks it: cards, screens and
// buttons of the bot, and the routes of the API. See ADR 37.

/**
 * `card`: the family's card, names, invitations. `conversations`: threads, plan and opinions. `charge`: its visits,
 * what it told at first, and every card about it. `visit`: the one visit that is being asked about. `contact`: how to reach it.
 */
export type FamilyRight = 'card' | 'conversations' | 'charge' | 'visit' | 'contact'

/** Where a family lives, seen by one member of staff. */
export type TerritoryStanding =
  /** They serve its territory. */
  | 'served'
  /** Nobody of their role serves it. */
  | 'unserved'
  | 'foreign'

export type Standing =
  | {
      kind: 'staff'
      active: boolean
      role: StaffRole
      /** `visitor`: they make the visit that is being asked about. */
      relation: 'curator' | 'visitor' | 'none'
      territory: TerritoryStanding
      /** `absent`: for a time; `gone`: there is none, or nobody reaches them. */
      curator: 'present' | 'absent' | 'gone'
      /** Support has ended. */
      closed: boolean
      /** After the end they stay in touch: the family is asked every three months how it is. */
      inTouch: boolean
    }
  | {
      kind: 'key'
      /** Scopes are the routes' own condition: what is left is the territory. */
      territory: 'served' | 'foreign'
    }

const all: readonly FamilyRight[] = ['card', 'conversations', 'charge', 'visit', 'contact']

/** The rights of one actor: appointed by name, or by territory first and then by role and by the curator's state. */
export const familyRights = (standing: Standing): ReadonlySet<FamilyRight> => new Set(rightsOf(standing))

const rightsOf = (of: Standing): readonly FamilyRight[] => {
  if (of.kind === 'key') return of.territory === 'served' ? all : []
  if (!of.active) return []
  if (of.closed) return afterEnd(of)
  if (of.relation === 'curator') return all
  return [...byTerritory(of), ...(of.relation === 'visitor' ? (['visit', 'contact'] as const) : [])]
}

type StaffStanding = Extract<Standing, { kind: 'staff' }>

/**
 * After the end of support: supervisors answer for what was done. The curator looks after the family for some time (Chelyabinsk
 * 3.2.1) and answers what it writes; phone, address, visits and what it told at first are not needed for this any more; the phone is, where they
 * agreed to stay in touch: who does not answer is called.
 */
const afterEnd = (of: StaffStanding): readonly FamilyRight[] => {
  if (of.role === 'supervisor') return byTerritory(of).length > 0 || of.relation === 'curator' ? all : []
  if (of.relation === 'curator')
    return ['card', 'conversations', ...(of.inTouch ? (['contact'] as const) : [])]
  return byTerritory(of).filter((right) => right === 'conversations')
}

const byTerritory = ({ role, territory, curator }: StaffStanding): readonly FamilyRight[] => {
  if (territory === 'foreign') return []
  if (role === 'supervisor') return all
  if (role !== 'intake' || curator === 'present') return []
  return curator === 'gone' ? ['card', 'conversations', 'contact'] : ['conversations', 'contact']
}

type AskedFamily = Pick<Family, 'id' | 'territory' | 'curatorId' | 'status'>
type AskingStaff = Pick<Staff, 'id' | 'role' | 'active'>

/** The rights of a staff member with a family. `visitorId`: who makes the visit that is being asked about. */
export const staffRights = async (
  reader: Reader,
  staff: AskingStaff | null | undefined,
  family: AskedFamily,
  { now, visitorId }: { now: Date; visitorId?: string },
): Promise<ReadonlySet<FamilyRight>> => {
  if (!staff?.active) return new Set()
  const { id, role, active } = staff
  const relation = family.curatorId === id ? 'curator' : visitorId === id ? 'visitor' : 'none'
  const closed = family.status === 'closed'
  const inTouch =
    closed && relation === 'curator' && (await lastEpisode(reader, family.id))?.contactAfter === true
  const known = { kind: 'staff', active, role, relation, closed, inTouch } as const
  // Only roles that read by territory are worth the queries.
  if (relation === 'curator' || role === 'curator')
    return familyRights({ ...known, territory: 'foreign', curator: 'present' })
  const away = await absentAt(reader, now)
  return familyRights({
    ...known,
    territory: await territoryOf(reader, { id, role }, family),
    curator: await curatorState(reader, family, away),
  })
}

const territoryOf = async (
  reader: Reader,
  { id, role }: Pick<AskingStaff, 'id' | 'role'>,
  { territory }: AskedFamily,
): Promise<TerritoryStanding> => {
  const joined = await joinedStaff(reader, role)
  if (!joined.some((member) => member.id === id)) return 'foreign'
  const serving = joined.filter(({ territories }) => territories.includes(territory))
  if (serving.length === 0) return 'unserved'
  return serving.some((member) => member.id === id) ? 'served' : 'foreign'
}

const curatorState = async (
  reader: Reader,
  { curatorId }: AskedFamily,
  away: ReadonlySet<string>,
): Promise<StaffStanding['curator']> => {
  const curator = curatorId === null ? null : await findStaff(reader, curatorId)
  if (!curator?.active || curator.personId === null || curator.unreachableSince !== null) return 'gone'
  return away.has(curator.id) ? 'absent' : 'present'
}
