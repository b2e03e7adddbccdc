import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { applicationPaper, signingBlanks } from '#features/consents/application-paper.ts'
import { openForPrinting, type PrintedPaper } from '#features/consents/print-paper.ts'
import type { Signer } from '#features/consents/paper-giver.ts'
import { drawPdf } from '#features/plan/pdf/plan-pdf.ts'
import type { Download, Visit } from '../visit.ts'

/** A paper to be signed, filled from what the signer said themselves; audited. The caller checks the right. */
export const paperFile = async (
  { deps, staff, now }: Visit,
  { signer, paper, number }: { signer: Signer; paper: PrintedPaper; number: string },
): Promise<Download> => {
  const { giver, said } = await deps.database.transaction((tx) =>
    openForPrinting(tx, deps.sealer, { signer, by: { staffId: staff.id }, now }),
  )
  // In the language and the form of address of whoever signs.
  const say = deps.texts.for(giver.language, giver.address)
  const { region } = deps
  const called = said.name
  const of = giver.request?.number ?? null
  const named = (list: string, codes: readonly string[] = []) =>
    codes.map((code) => optionLabel(say, region.code, list, code))
  const fileName = `${say.label(`papers.files.${paper}`, { number: of ?? number })}.pdf`
  if (paper !== 'application') {
    const text = deps.consents().paper(paper, giver.language, giver.address)
    const from = of === null ? say.label('papers.sign.fromFamily', { number }) : undefined
    const before =
      from ??
      (called === undefined
        ? say.label('papers.sign.fromNumber', { number: of ?? number })
        : say.label('papers.sign.from', { name: called, number: of ?? number }))
    const signing = {
      ...{ before: [before], after: say.label('papers.sign.agreed') },
      ...{ blanks: signingBlanks(say), madeAt: now },
    }
    return { name: fileName, type: 'application/pdf', content: () => deps.consents().toSign(text, signing) }
  }
  const kind = said.representative && named('representative', [said.representative])[0]
  const drawn = applicationPaper(say, {
    ...{ organisation: deps.organisation(), number: of, now, name: called },
    territory: optionLabel(say, region.code, 'territory', giver.territory),
    who: kind
      ? say.label('papers.application.who.representativeOf', { kind })
      : say.label(`papers.application.who.${giver.role}`),
    ...{ phone: phoneOf(said.phone), address: said.address, children: said.children ?? [] },
    happening: [...named('categories', said.categories), ...named('circumstances', said.circumstances)],
    help: named('helpKinds', said.helpKinds),
    words: said.ownWords ?? null,
  })
  return { name: fileName, type: 'application/pdf', content: () => drawPdf(drawn, say) }
}

const phoneOf = (phone: string | undefined): string | undefined =>
  phone?.startsWith('+') === true ? phone : undefined
