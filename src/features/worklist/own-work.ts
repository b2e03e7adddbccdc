import type { Database } from '#storage/database.ts'
import type { StaffMember } from '#storage/staff/staff.ts'
import { ownNumbers } from '#storage/worklist/own-numbers.ts'

/** More than anybody works on; whoever has more looks for the rest. */
const most = 100

/** The numbers of what is a member's own: their open requests, and the families that they curate. */
export const ownWork = (database: Database, { id }: Pick<StaffMember, 'id'>) =>
  ownNumbers(database, { staffId: id, most })
