import { sha256 } from '#core/ids.ts'
import type { Say, Texts } from '#core/text.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { applicationPaper, signingBlanks } from '#features/consents/application-paper.ts'
import type { Consents, Organisation } from '#features/consents/consent-texts.ts'
import type { Giver, saidByGiver } from '#features/consents/paper-giver.ts'
import type { PrintedPaper } from '#features/consents/print-paper.ts'
import { drawPdf } from '#features/plan/pdf/plan-pdf.ts'
import type { Region } from '#regions/schema.ts'

type Deps = {
  texts: Texts
  region: Region
  organisation: Organisation
  consents: Pick<Consents, 'paper' | 'toSign'>
}

type Facts = {
  giver: Giver
  /** What the signer said themselves, and nobody else. */
  said: ReturnType<typeof saidByGiver>
  paper: PrintedPaper
  /** Of the family, where there is no request. */
  number: string
  now: Date
}

export type PaperFile = { key: string; fileName: string; content: () => Promise<Uint8Array> }

/** A paper to be signed, filled from what the signer said, in the language and the form of address of whoever signs. */
export const paperToSign = (
  { texts, region, organisation, consents }: Deps,
  { giver, said, paper, number, now }: Facts,
): PaperFile => {
  const say = texts.for(giver.language, giver.address)
  const of = giver.request?.number ?? null
  const fileName = `${say.label(`papers.files.${paper}`, { number: of ?? number })}.pdf`
  const key = `paper-${paper}-${sha256(JSON.stringify([said, of ?? number, organisation, now]))}`
  if (paper !== 'application') {
    const text = consents.paper(paper, giver.language, giver.address)
    const signing = {
      before: [signerLine(say, { of, number, name: said.name })],
      ...{ after: say.label('papers.sign.agreed'), blanks: signingBlanks(say), madeAt: now },
    }
    return { key, fileName, content: () => consents.toSign(text, signing) }
  }
  const named = (list: string, codes: readonly string[] = []) =>
    codes.map((code) => optionLabel(say, region.code, list, code))
  const kind = said.representative && named('representative', [said.representative])[0]
  const drawn = applicationPaper(say, {
    ...{ organisation, number: of, now, name: said.name },
    territory: optionLabel(say, region.code, 'territory', giver.territory),
    who: kind
      ? say.label('papers.application.who.representativeOf', { kind })
      : say.label(`papers.application.who.${giver.role}`),
    ...{ phone: phoneOf(said.phone), address: said.address, children: said.children ?? [] },
    happening: [...named('categories', said.categories), ...named('circumstances', said.circumstances)],
    help: named('helpKinds', said.helpKinds),
    words: said.ownWords ?? null,
  })
  return { key, fileName, content: () => drawPdf(drawn, say) }
}

const signerLine = (
  say: Say,
  { of, number, name }: { of: string | null; number: string; name: string | undefined },
): string => {
  if (of === null) return say.label('papers.sign.fromFamily', { number })
  if (name === undefined) return say.label('papers.sign.fromNumber', { number: of })
  return say.label('papers.sign.from', { name, number: of })
}

const phoneOf = (phone: string | undefined): string | undefined =>
  phone?.startsWith('+') === true ? phone : undefined
