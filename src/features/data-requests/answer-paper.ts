import { formatDay } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { countSign, pageSign, type Paper } from '#features/plan/pdf/page-layout.ts'
import type { Region } from '#regions/schema.ts'
import type { OpenDataRequest } from './data-requests-for-staff.ts'

type Facts = {
  open: OpenDataRequest
  organisation: { name: string; contact: string }
  region: Pick<Region, 'timeZone'>
  now: Date
}

/** The answer on paper: what was asked when, what was done, and where to complain. Null if there is none yet. */
export const answerPaper = (say: Say, { open, organisation, region, now }: Facts): Paper | null => {
  const { request, asked, steps } = open
  const answer = steps.findLast(({ kind }) => kind === 'answered')
  if (!answer?.text) return null
  const day = (instant: Date) => formatDay(say, { instant, timeZone: region.timeZone, now })
  const title = say.label('consoleDataRequests.letter.title', { number: request.number })
  return {
    language: say.language,
    madeAt: now,
    organisation: organisation.name,
    title,
    facts: [
      ...(asked.name === undefined ? [] : [asked.name]),
      ...(asked.answerTo === undefined ? [] : [asked.answerTo]),
      say.label('consoleDataRequests.received', { day: day(request.receivedOn) }),
      say.label('consoleDataRequests.letter.on', { day: day(answer.at) }),
    ],
    sections: [
      { heading: say.label(`consoleDataRequests.kinds.${request.kind}`), paragraphs: [answer.text] },
      {
        heading: say.label('consoleDataRequests.letter.done'),
        paragraphs: steps.map(
          ({ kind, at }) => `${day(at)}: ${say.label(`consoleDataRequests.steps.${kind}`)}`,
        ),
      },
    ],
    tables: [],
    notes: [say.label('consoleDataRequests.letter.complain')],
    footer: `${title} · ${organisation.contact} · ${pageSign}/${countSign}`,
  }
}
