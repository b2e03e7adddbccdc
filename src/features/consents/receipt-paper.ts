import { toBuffer } from 'qrcode'
import { formatDay, formatTime } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { countSign, pageSign, type Paper } from '#features/plan/pdf/page-layout.ts'
import type { Region } from '#regions/schema.ts'
import type { ConsentForPerson } from './consent-registry.ts'

const qrSide = 200

type Facts = {
  consent: ConsentForPerson
  receipt: string
  organisation: { name: string; contact: string }
  region: Pick<Region, 'timeZone'>
  now: Date
}

/** The receipt as a page: the facts in words, the lines that are signed, their QR code, and how to check them. */
export const receiptPaper = async (
  say: Say,
  { consent, receipt, organisation, region: { timeZone }, now }: Facts,
): Promise<Paper> => {
  const { kind, version, language, how, forWhom, givenAt, withdrawnAt } = consent
  const day = (instant: Date) => formatDay(say, { instant, timeZone, now })
  const moment = { day: day(givenAt), time: formatTime(givenAt, timeZone) }
  return {
    language: say.language,
    madeAt: now,
    organisation: organisation.name,
    title: say.label('receipt.title'),
    facts: [
      say.label(`myData.kinds.${kind}`),
      say.label(`myData.given.${how}`, moment),
      say.label(`myData.for.${forWhom}`),
      say.label('myData.version', { version, language: say.label(`language.names.${language}`) }),
      withdrawnAt ? say.label('myData.withdrawnOn', { day: day(withdrawnAt) }) : say.label('myData.inForce'),
    ],
    sections: [
      { heading: say.label('receipt.lines'), paragraphs: [receipt] },
      {
        heading: say.label('receipt.check'),
        paragraphs: [say.label('receipt.byHand'), say.label('receipt.byCentre')],
      },
    ],
    picture: {
      png: new Uint8Array(await toBuffer(receipt, { errorCorrectionLevel: 'M', margin: 4, scale: 6 })),
      side: qrSide,
    },
    tables: [],
    notes: [say.label('receipt.names')],
    footer: `${say.label('receipt.title')} · ${organisation.contact} · ${pageSign}/${countSign}`,
  }
}
