import { z } from 'zod'
import { defineScreen } from '#dialogue/screen.ts'
import { caseDocuments, signToday } from '#features/families/case-documents.ts'
import { familyForVisitStaff } from '#features/visits/visits-for-staff.ts'
import { ofFamilyInCharge } from './family-link.ts'
import { documentsView, signedView } from './staff-documents-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'family-documents': z.infer<typeof documentsState>
  }
  interface Links {
    'f-docs': 'family-documents'
  }
}

const documentsState = z.object({ familyId: z.uuid(), code: z.string().max(64).optional() })

/** The documents of a case: what is signed, what is missing, and two taps for «signed today», which is not taken back here. */
export const familyDocumentsScreen = defineScreen({
  name: 'family-documents',
  state: documentsState,
  aside: true,
  links: { 'f-docs': ofFamilyInCharge((familyId) => ({ name: 'family-documents', familyId })) },
  afterCommit: (_, { familyId }) => ({ name: 'family-documents', familyId }),
  draw: async ({ deps, who, now, builder }, { familyId, code }) => {
    const family = await familyForVisitStaff(deps.database, who?.staff, familyId, now)
    const documents = await caseDocuments(deps.database, deps.region, familyId)
    const asked = documents.find((one) => one.code === code && !one.dates.signed)
    if (asked) return signedView(builder, { family, document: asked, region: deps.region })
    return documentsView(builder, { family, documents, region: deps.region, now })
  },
  tap: async (turn, state, tap) => {
    const { deps, who, now, say } = turn
    const { documents } = deps.region
    const list = { name: 'family-documents' as const, familyId: state.familyId }
    if (tap.action === 'no' || (tap.action === 'back' && state.code)) return { to: list }
    const [action, code] = tap.action === 'yes' ? ['yes', state.code] : [tap.action, tap.arg]
    const document = documents.find((one) => one.code === code)
    if (!document) return null
    if (action === 'set') return { to: { ...list, code: document.code } }
    if (action !== 'yes') return null
    const { familyId } = list
    await turn.once((tx) =>
      signToday(tx, deps.region, { staff: who?.staff, familyId, code: document.code, now }),
    )
    return { to: list, notice: say.t('documents.noted') }
  },
})
