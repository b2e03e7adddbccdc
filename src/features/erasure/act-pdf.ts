import { Temporal } from 'temporal-polyfill'
import type { Say } from '#core/text.ts'
import { countSign, type Paper, pageSign } from '#features/plan/pdf/page-layout.ts'
import { drawPdf } from '#features/plan/pdf/plan-pdf.ts'
import { dayWords } from '#features/plan/pdf/schedule-words.ts'
import type { DestructionAct } from '#storage/erasure/acts.ts'

type Around = { say: Say; organisation: string; timeZone: string }

/** Points of the columns of a page. */
const widths = { what: 395, count: 120, done: 275 }

/** An act of destruction as a PDF (A4). Deterministic: the same act gives the same bytes. */
export const actPdf = (act: DestructionAct, around: Around): Promise<Uint8Array> =>
  drawPdf(paperOf(act, around), around.say)

const paperOf = (
  { number, at, ground, kind, subjectId, keys, counts, journal }: DestructionAct,
  { say, organisation, timeZone }: Around,
): Paper => {
  const on = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone)
  const time = on.toPlainTime().toString({ smallestUnit: 'minute' })
  return {
    language: say.language,
    madeAt: at,
    organisation,
    title: say.label('erasure.act.title', { number }),
    facts: [
      say.label('erasure.act.on', { day: dayWords(say, on.toPlainDate().toString()), time }),
      say.label(`erasure.act.grounds.${ground}`),
      say.label(`erasure.act.of.${kind}`, { id: subjectId }),
      say.label('erasure.act.keys', { count: keys }),
    ],
    sections: [
      {
        heading: say.label('erasure.act.wayHeading'),
        paragraphs: [say.label('erasure.act.way'), say.label('erasure.act.outside')],
      },
    ],
    tables: [
      {
        heading: say.label('erasure.act.destroyed'),
        columns: [
          { title: say.label('erasure.act.what'), width: widths.what },
          { title: say.label('erasure.act.rows'), width: widths.count },
        ],
        rows: Object.entries(counts)
          .sort(([one], [other]) => one.localeCompare(other, 'en'))
          .map(([table, count]) => [[{ text: table }], [{ text: String(count) }]]),
      },
      {
        heading: say.label('erasure.act.journal'),
        columns: [
          { title: say.label('erasure.act.action'), width: widths.done },
          { title: say.label('erasure.act.times'), width: widths.count },
          { title: say.label('erasure.act.when'), width: widths.count },
        ],
        rows: journal.map(({ action, count, from, until }) => [
          [{ text: action }],
          [{ text: String(count) }],
          [{ text: from === until ? from : `${from} – ${until}` }],
        ]),
      },
    ],
    notes: [say.label('erasure.act.signature')],
    footer: say.label('registers.footer', { page: pageSign, count: countSign }),
  }
}
