import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { sha256 } from '#core/ids.ts'
import { documentOf } from '#dialogue/intake/consent-question.ts'
import type { Stateless } from '#dialogue/registry.ts'
import { byId, defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { agreedText, type ConsentForPerson, consentsForPerson } from '#features/consents/consent-registry.ts'
import { giverOfOwn, saidByGiver } from '#features/consents/paper-giver.ts'
import { type PrintedPaper, printedPapers } from '#features/consents/print-paper.ts'
import { receiptPaper } from '#features/consents/receipt-paper.ts'
import { receiptOf } from '#features/consents/receipt.ts'
import { drawPdf } from '#features/plan/pdf/plan-pdf.ts'
import { mayWithdraw } from '#features/my-data/withdraw-consent.ts'
import { consentsView, consentView } from './consents-view.ts'
import { backToMyData, ownerOf } from './my-data-screen.ts'
import { paperToSign } from './paper-to-sign.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'my-consents': Stateless
    'my-consent': z.infer<typeof consentState>
  }
  interface Links {
    'my-consents': 'my-consents'
    'my-consent': 'my-consent'
  }
}

const consentState = z.object({ id: z.uuid() })

/** All consents of the person, the latest first. */
export const consentsScreen = defineScreen({
  name: 'my-consents',
  aside: true,
  links: { 'my-consents': () => ({ to: { name: 'my-consents' } }) },
  draw: async (turn) => {
    const { deps, builder, now } = turn
    const consents = await consentsForPerson(deps.database, ownerOf(turn).person.id)
    const printed = (await giverOfOwn(deps.database, ownerOf(turn).person.id)) !== null
    return consentsView(builder, { consents: consents.toReversed(), printed, region: deps.region, now })
  },
  tap: (turn, state, tap) =>
    tap.action === 'file'
      ? toSign(turn, { name: 'my-consents' }, 'application')
      : backToMyData(turn, state, tap),
})

/** A consent of this person. Throws `not-found` for anybody else's. */
const ownConsent = async (turn: Turn, id: string): Promise<ConsentForPerson> => {
  const consents = await consentsForPerson(turn.deps.database, ownerOf(turn).person.id)
  const found = consents.find((consent) => consent.id === id)
  if (!found) throw new DomainError('not-found')
  return found
}

/** One consent: its text and its receipt. */
export const consentScreen = defineScreen({
  name: 'my-consent',
  state: consentState,
  aside: true,
  links: { 'my-consent': byId((_, id) => ({ to: { name: 'my-consent', id } })) },
  draw: async (turn, { id }) => {
    const consent = await ownConsent(turn, id)
    const text = await agreedText(turn.deps.database, consent)
    return consentView(turn.builder, {
      consent,
      kept: text !== null,
      mayEnd: consent.withdrawnAt === null && mayWithdraw(ownerOf(turn)),
      sheet:
        sheetOf(consent) !== null && (await giverOfOwn(turn.deps.database, ownerOf(turn).person.id)) !== null,
      region: turn.deps.region,
      now: turn.now,
    })
  },
  tap: (turn, { id }, tap) => {
    if (tap.action === 'back') return { to: { name: 'my-consents' } }
    if (tap.action === 'withdraw') return { to: { name: 'consent-withdraw', id } }
    if (tap.action === 'file') return tap.arg === 'sheet' ? sheet(turn, id) : receipt(turn, id)
    return tap.action === 'full' ? fullText(turn, id) : null
  },
})

/** The sheet to sign for a consent that was tapped; null: there is none, or it stands already. */
const sheetOf = ({ kind, how, withdrawnAt }: ConsentForPerson): PrintedPaper | null =>
  withdrawnAt === null && how !== 'paper' ? (printedPapers.find((one) => one === kind) ?? null) : null

const sheet = async (turn: Turn, id: string): Promise<Step | null> => {
  const paper = sheetOf(await ownConsent(turn, id))
  return paper && toSign(turn, { name: 'my-consent', id }, paper)
}

/** A paper that the person prints and brings: filled from what they said, and from nothing that others did (ADR 116). */
const toSign = async (turn: Turn, to: Step['to'], paper: PrintedPaper): Promise<Step | null> => {
  const { deps, now } = turn
  const giver = await giverOfOwn(deps.database, ownerOf(turn).person.id)
  const said = giver && saidByGiver(deps.sealer, giver)
  const attachment = giver && said && paperToSign(deps, { giver, said, paper, number: '', now })
  return attachment && { to, fresh: true, attachment }
}

const fullText = async (turn: Turn, id: string): Promise<Step | null> => {
  const text = await agreedText(turn.deps.database, await ownConsent(turn, id))
  return text && { to: { name: 'my-consent', id }, ...documentOf(turn, text, 'myData.textFile') }
}

/** The receipt as a PDF, and the card again below it. */
const receipt = async (turn: Turn, id: string): Promise<Step> => {
  const { deps, say, now } = turn
  const consent = await ownConsent(turn, id)
  const text = receiptOf(deps.sealer, consent)
  const { organisation, region } = deps
  const paper = { consent, receipt: text, organisation, region, now }
  return {
    to: { name: 'my-consent', id },
    fresh: true,
    attachment: {
      key: `consent-receipt-${sha256(text)}`,
      fileName: `${say.label('receipt.fileName')}.pdf`,
      content: async () => drawPdf(await receiptPaper(say, paper), say),
    },
  }
}
