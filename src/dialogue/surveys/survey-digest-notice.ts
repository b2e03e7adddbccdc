import { formatDayUntil } from '#core/dates.ts'
import { sha256 } from '#core/ids.ts'
import { toPng } from '#core/png.ts'
import type { Say } from '#core/text.ts'
import { createCardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { Notice } from '#dialogue/requests/requests-notice.ts'
import type { DialogueDeps } from '#dialogue/screen.ts'
import { questionWords } from '#features/surveys/charts/chart-words.ts'
import { drawCharts } from '#features/surveys/charts/charts.ts'
import { drawSheet } from '#features/surveys/charts/contact-sheet.ts'
import { measured } from '#features/surveys/charts/number-format.ts'
import { overviewChart } from '#features/surveys/charts/overview.ts'
import type { Digest } from '#features/surveys/results-digest.ts'
import { wordsFor } from '#features/surveys/spoken-questions.ts'
import type { Person } from '#storage/people.ts'

type Deps = Pick<DialogueDeps, 'texts' | 'region' | 'clock'>

/** A supervisor's weekly digest: a picture, three sentences and a link. */
export const digestNotice = async (
  { texts, region, clock }: Deps,
  { account, language }: Person,
  digest: Digest,
): Promise<Notice> => {
  const say = texts.for(language, 'adult')
  const { link } = createCardBuilder(say, 0)
  const when = { timeZone: region.timeZone, now: clock.now() }
  const html = paragraphs(
    say.t('results.digest.title'),
    say.t('results.digest.sets', { count: digest.sets }),
    movedIn(say, digest),
    lookIn(say, digest, when),
  )
  const picture = await pictureOf(say, digest)
  const view = { screen: 'survey-digest', html, rows: [[link(say.label('results.button'), 'results')]] }
  return { account, view: { ...view, ...(picture && { picture }) } }
}

const movedIn = (say: Say, { moved }: Digest): string => {
  if (!moved) return say.t('results.digest.same')
  const values = {
    question: questionWords(moved.question, say),
    before: measured(say, moved.before),
    now: measured(say, moved.now),
  }
  return say.t(moved.now.value > moved.before.value ? 'results.digest.up' : 'results.digest.down', values)
}

const lookIn = (say: Say, { attention: look }: Digest, when: { timeZone: string; now: Date }): string => {
  if (!look) return say.t('results.digest.nothing')
  if ('open' in look) {
    const due = formatDayUntil(say, { instant: look.dueAt, ...when })
    return say.t('results.digest.rescues', { count: look.open, due })
  }
  const values = { question: questionWords(look.lowest, say), value: measured(say, look.value) }
  return say.t('results.digest.lowest', values)
}

const pictureOf = async (say: Say, { results }: Digest) => {
  const chart = overviewChart(results, { say, groupName: (_, code) => code })
  if (!chart) return null
  const id = 'digest'
  const [svg = ''] = await drawCharts([{ id, chart }])
  const title = wordsFor(results.title, { language: say.language, minor: false })
  const subtitle = say.label('results.digest.period')
  const sheet = drawSheet({ id, title, subtitle, charts: [{ ...chart, svg }] })
  return { key: `survey-digest.${sha256(sheet)}`, content: () => toPng(sheet) }
}
