import { z } from 'zod'
import { dataRequestForStaff } from '#features/data-requests/data-requests-for-staff.ts'
import { copyForPaper } from '#features/my-data/copy-for-paper.ts'
import { copyPaper } from '#features/my-data/copy-paper.ts'
import { ownDataJson } from '#features/my-data/own-data.ts'
import { drawPdf } from '#features/plan/pdf/plan-pdf.ts'
import { findSnapshotOf, type Snapshot } from '#storage/people.ts'
import type { StaffMember } from '#storage/staff/staff.ts'
import type { ConsoleDeps } from '../console-deps.ts'
import { type Console, download } from '../routes.ts'

const params = z.object({ id: z.uuid() })

/** A copy holds what whoever receives papers does not see of a family: supervisors make it. */
const copiers = ['supervisor'] as const

/** Whether a member of staff makes copies of people's data. */
export const mayCopy = ({ role }: Pick<StaffMember, 'role'>): boolean => copiers.some((one) => one === role)

/** The snapshot of whom a request of the register is about; null: nobody is known. Throws `not-found`. */
export const whoseSnapshot = async (
  { database }: Pick<ConsoleDeps, 'database'>,
  as: Parameters<typeof dataRequestForStaff>[1],
  id: string,
): Promise<Snapshot | null> => {
  const { personId } = await dataRequestForStaff(database, as, id)
  return personId === null ? null : findSnapshotOf(database, personId)
}

/** The copy of «Мои данные» on paper and for programs. It leaves the centre, so whoever makes it proves anew who they are. */
export const registerCopies = (console: Console): void => {
  const { deps } = console
  for (const kind of ['pdf', 'json'] as const)
    download(
      console,
      `/console/data-requests/:id/copy.${kind}`,
      { for: copiers, params, confirmed: true },
      async ({ staff, now, say, params: { id } }) => {
        const who = await whoseSnapshot(deps, { staff }, id)
        const data = await deps.database.transaction(async (tx) => {
          const request = await dataRequestForStaff(tx, { staff }, id)
          return copyForPaper(tx, deps, { request, who, by: { staffId: staff.id }, now })
        })
        const around = { data, organisation: deps.organisation(), region: deps.region }
        return {
          name: `${say.label('myData.fileName')}.${kind}`,
          type: kind === 'pdf' ? 'application/pdf' : 'application/json',
          content: async () => (kind === 'pdf' ? drawPdf(copyPaper(say, around), say) : ownDataJson(data)),
        }
      },
    )
}
