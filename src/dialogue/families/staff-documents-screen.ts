import { z } from 'zod'
import { defineScreen } from '#dialogue/screen.ts'
import { caseDocuments, signToday } from '#features/families/case-documents.ts'
import { familyForVisitStaff } from '#features/visits/visits-for-staff.ts'
import { ofFamilyInCharge } from './family-link.ts'
import { documentsView } from './staff-documents-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'family-documents': z.infer<typeof documentsState>
  }
  interface Links {
    'f-docs': 'family-documents'
  }
}

const documentsState = z.object({ familyId: z.uuid() })

/** The documents of a case: what is signed, what is missing, and one tap for «signed today». */
export const familyDocumentsScreen = defineScreen({
  name: 'family-documents',
  state: documentsState,
  aside: true,
  links: { 'f-docs': ofFamilyInCharge((familyId) => ({ name: 'family-documents', familyId })) },
  afterCommit: (_, state) => state,
  draw: async ({ deps, who, now, builder }, { familyId }) => {
    const family = await familyForVisitStaff(deps.database, who?.staff, familyId, now)
    const documents = await caseDocuments(deps.database, deps.region, familyId)
    return documentsView(builder, { family, documents, region: deps.region, now })
  },
  tap: async (turn, state, tap) => {
    const { deps, who, now, say } = turn
    const { documents } = deps.region
    const document = tap.action === 'set' ? documents.find(({ code }) => code === tap.arg) : undefined
    if (!document) return null
    const { familyId } = state
    await turn.once((tx) =>
      signToday(tx, deps.region, { staff: who?.staff, familyId, code: document.code, now }),
    )
    return { to: state, notice: say.t('documents.noted') }
  },
})
