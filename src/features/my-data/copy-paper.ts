import { formatDay, formatTime } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { countSign, pageSign, type Paper } from '#features/plan/pdf/page-layout.ts'
import type { Region } from '#regions/schema.ts'
import type { OwnData } from './own-data.ts'
import type { OwnLine } from './own-requests.ts'

type Facts = {
  data: OwnData
  organisation: { name: string; contact: string }
  region: Pick<Region, 'timeZone'>
}

/** The copy for reading: the words and facts of the file for programs, without its codes. */
export const copyPaper = (say: Say, { data, organisation, region }: Facts): Paper => {
  const { timeZone } = region
  const now = data.madeAt
  const day = (instant: Date) => formatDay(say, { instant, timeZone, now })
  const line = ({ at, by, text, file }: OwnLine) =>
    `${day(at)}, ${formatTime(at, timeZone)}, ${say.label(`myData.paper.${by}`)}: ${[text, file].filter(Boolean).join(' · ')}`
  const consents = data.consents.map(({ kind, version, givenAt, withdrawnAt }) => {
    const state = withdrawnAt
      ? say.label('myData.withdrawnOn', { day: day(withdrawnAt) })
      : say.label('myData.givenOn', { day: day(givenAt) })
    return `${say.label(`myData.kinds.${kind}`)} (${version}). ${state}`
  })
  const looks = data.lookedAt.map(({ day: iso, roles, system }) => {
    const who = [
      ...roles.map((role) => say.label(`staff.roles.${role}`)),
      ...(system ? [say.label('myData.system')] : []),
    ]
    return say.label('myData.look', { day: day(new Date(`${iso}T12:00:00Z`)), who: who.join(', ') })
  })
  const requests = data.requests.map(({ number, submittedAt, answers, contact, lines, decision }) => ({
    heading: say.label('myData.paper.request', { number, day: day(submittedAt) }),
    paragraphs: [
      ...[contact.name, contact.phone, contact.address].filter((one) => one !== undefined),
      ...[answers.ownWords, answers.whichFamily, answers.territoryWords].flatMap((one) => one ?? []),
      ...lines.map(line),
      ...(decision?.words.reason ? [decision.words.reason] : []),
    ],
  }))
  const families = data.families.map((family) => ({
    heading: say.label('myData.paper.family', { number: family.number }),
    paragraphs: [
      ...[family.name, family.phone, family.address].flatMap((one) => one ?? []),
      ...(family.plan?.activities ?? []),
      ...family.visits.map(({ startsAt, place }) =>
        [day(startsAt), formatTime(startsAt, timeZone), place].filter(Boolean).join(', '),
      ),
      ...family.messages.map(line),
      ...[...family.opinions, ...family.visitAnswers, ...family.proposals].flatMap(({ text }) => text ?? []),
      ...family.surveys.flatMap(({ title, answers }) => [
        title,
        ...answers.map(
          ({ question, number, choices, text }) =>
            `${question} ${[number, ...choices, text].filter((one) => one !== null).join(', ')}`,
        ),
      ]),
    ],
  }))
  const together = data.together.map(({ side, status, startedAt, endedAt, name }) =>
    say.label(`myData.paper.togetherOf.${side}`, {
      day: day(endedAt ?? startedAt),
      state: say.label(`together.short.${status}`),
      name: name ?? say.label('question.name.none'),
    }),
  )
  const title = say.label('myData.fileName')
  const sections = [
    { heading: say.label('myData.paper.consents'), paragraphs: consents },
    ...requests,
    ...families,
    { heading: say.label('myData.paper.together'), paragraphs: together },
    { heading: say.label('myData.paper.looks'), paragraphs: looks },
  ].filter(({ paragraphs }) => paragraphs.length > 0)
  return {
    language: say.language,
    madeAt: now,
    organisation: organisation.name,
    title,
    facts: [say.label('myData.paper.made', { day: day(now), time: formatTime(now, timeZone) })],
    sections,
    tables: [],
    notes: [say.label('myData.paper.note')],
    footer: `${title} · ${organisation.contact} · ${pageSign}/${countSign}`,
  }
}
