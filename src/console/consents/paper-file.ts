import { paperToSign } from '#dialogue/my-data/paper-to-sign.ts'
import type { Signer } from '#features/consents/paper-giver.ts'
import { openForPrinting, type PrintedPaper } from '#features/consents/print-paper.ts'
import type { Download, Visit } from '../visit.ts'

/** A paper to be signed, filled from what the signer said themselves; audited. The caller checks the right. */
export const paperFile = async (
  { deps, staff, now }: Visit,
  { signer, paper, number }: { signer: Signer; paper: PrintedPaper; number: string },
): Promise<Download> => {
  const opened = await deps.database.transaction((tx) =>
    openForPrinting(tx, deps.sealer, { signer, by: { staffId: staff.id }, now }),
  )
  const { texts, region } = deps
  const rules = { texts, region, organisation: deps.organisation(), consents: deps.consents() }
  const { fileName, content } = paperToSign(rules, { ...opened, paper, number, now })
  return { name: fileName, type: 'application/pdf', content }
}
