import { formatDay } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { questionWords } from '#features/surveys/charts/chart-words.ts'
import { decimal, measured, monthTitle, percent, whole } from '#features/surveys/charts/number-format.ts'
import type { Comment } from '#features/surveys/results/comments.ts'
import type { ResultsView } from '#features/surveys/results/results-for-staff.ts'
import { dimensions, type QuestionResult } from '#features/surveys/results/survey-result.ts'
import { wordsFor } from '#features/surveys/spoken-questions.ts'
import { html, type Markup } from '#http/markup.ts'
import { pagerOf } from '../pager.ts'
import type { Page, Visit } from '../visit.ts'
import { figure } from './chart-figure.ts'
import { type DrawnChart, nameOf } from './results-charts.ts'
import { filterForm } from './results-filter.ts'
import { surveyTabs } from './tabs.ts'

type Contents = ResultsView & {
  charts: ReadonlyMap<string, DrawnChart>
  timeZone: string
  now: Date
}

/** Which part, and what only it shows. `more`: not all comments are shown. */
type Shown =
  | { part: 'results'; comments: readonly Comment[]; more: boolean }
  | { part: 'questions'; page: number }
  | { part: 'groups' }

/** The results of a survey, for supervisors. Its filter is in the session, so it is not redrawn by itself. */
export const resultsPage = (visit: Visit, contents: Contents, shown: Shown): Page => {
  const { say, results, choices, words, comparable, compared } = contents
  const text = (key: string, values?: Record<string, string | number>) =>
    say.label(`resultsPage.${key}`, values)
  const form = filterForm(visit, shown.part, {
    choices,
    query: results.query,
    names: words.groupName,
    questions: comparable,
    compared,
  })
  const heading = text('shown', {
    survey: wordsFor(results.title, { language: say.language, minor: false }),
    from: monthTitle(say, results.query.from),
    until: monthTitle(say, results.query.until),
  })
  const title = text('title')
  const body = html`<div class="results"><h1>${title}</h1>
${surveyTabs(say, shown.part)}
<a class="skip" href="#figures">${text('skip')}</a>
${form}
<p class="shown" id="figures" tabindex="-1">${heading}</p>
${results.sets === null ? fewSection(say) : partOf(visit, contents, shown)}
<p class="note">${text('foot')}</p></div>`
  return { title, section: 'surveys', body }
}

const partOf = (visit: Visit, contents: Contents, shown: Shown): Markup => {
  if (shown.part === 'questions') return questions(visit, contents, shown.page)
  if (shown.part === 'groups')
    return html`${groups(contents)}${path(contents)}${contents.charts.size === 0 && nothingToCompare(contents.say)}`
  return html`${summary(contents)}${words(contents, shown)}${files(contents.say)}`
}

const nothingToCompare = (say: Say): Markup =>
  html`<section><p>${say.label('consoleSurveys.nothingToCompare')}</p></section>`

const fewSection = (say: Say): Markup =>
  html`<section class="few"><h2>${say.label('resultsPage.few.title')}</h2><p>${say.label('resultsPage.few.text')}</p></section>`

const summary = ({ say, results, comparable, charts }: Contents): Markup => {
  const text = (key: string, values?: Record<string, string | number>) =>
    say.label(`resultsPage.summary.${key}`, values)
  const { sets, funnel } = results
  const tiles: [string, string, string][] = [
    ...(funnel && funnel.invited > 0
      ? [
          [text('invited'), whole(say, funnel.invited), ''] as [string, string, string],
          [text('rate'), percent(say, funnel.finished / funnel.invited), ''] as [string, string, string],
        ]
      : []),
    [text('sets'), whole(say, sets ?? 0), ''],
    ...(funnel?.medianSeconds != null
      ? [
          [text('time'), text('seconds', { count: whole(say, funnel.medianSeconds) }), ''] as [
            string,
            string,
            string,
          ],
        ]
      : []),
    ...comparable.map((question): [string, string, string] => [
      questionWords(question, say),
      question.answers?.measure ? measured(say, question.answers.measure) : '',
      outOf(say, question),
    ]),
  ]
  const overview = charts.get('overview')
  return html`<section><h2>${text('title')}</h2>
<div class="pair"><dl class="tiles">${tiles.map(([name, value, of]) => html`<div><dt>${name}</dt><dd>${value} <small>${of}</small></dd></div>`)}</dl>
${overview && figure(say, { ...overview, heading: overview.chart.title })}</div></section>`
}

const outOf = (say: Say, { kind }: QuestionResult): string =>
  kind === 'scale' || kind === 'ten'
    ? say.label('resultsPage.summary.outOf', { most: kind === 'scale' ? 5 : 10 })
    : ''

/** Charts of so many characters on a page. */
const mostDrawn = 34_000

/** In the order of asking, as many on a page as it has room for. */
const inPages = ({ results, charts }: Contents): QuestionResult[][] => {
  const sizeOf = (question: QuestionResult) =>
    ['distribution', 'trend'].reduce(
      (sum, kind) => sum + (charts.get(`${kind}.${nameOf(question)}`)?.svg.length ?? 0),
      0,
    )
  const pages: QuestionResult[][] = []
  let size = 0
  for (const question of results.questions) {
    const more = sizeOf(question)
    const last = pages.at(-1)
    if (last && size + more <= mostDrawn) last.push(question)
    else pages.push([question])
    size = last && size + more <= mostDrawn ? size + more : more
  }
  return pages
}

const questions = (visit: Visit, contents: Contents, page: number): Markup => {
  const { say, results, charts } = contents
  const text = (key: string, values?: Record<string, string | number>) =>
    say.label(`resultsPage.questions.${key}`, values)
  const newest = new Map<string, number>()
  for (const { code, since } of results.questions) newest.set(code, Math.max(since, newest.get(code) ?? 0))
  const one = (question: QuestionResult): Markup => {
    const [distribution, trend] = ['distribution', 'trend'].map((kind) =>
      charts.get(`${kind}.${nameOf(question)}`),
    )
    const older = question.since < (newest.get(question.code) ?? 0)
    const { answers } = question
    const said = [
      older ? text('older', { version: question.since }) : '',
      answers ? '' : text('few'),
      question.kind === 'text' && answers ? `${answered(say, answers.n)}. ${text('words')}` : '',
      answers?.median != null ? text('median', { value: halves(say, answers.median) }) : '',
    ].filter((line) => line !== '')
    return html`<article><h3>${questionWords(question, say)}</h3>
${said.map((line) => html`<p class="note">${line}</p>`)}
<div class="pair">${distribution && figure(say, distribution)}${trend && html`<div><h4>${text('byMonth')}</h4>${figure(say, trend)}</div>`}</div></article>`
  }
  const pages = inPages(contents)
  const shown = pages[Math.min(page, pages.length - 1)] ?? []
  return html`<section><h2>${text('title')}</h2>${shown.map(one)}</section>
${pagerOf(visit, { page: Math.min(page, pages.length - 1), pages: pages.length })}`
}

const answered = (say: Say, count: number): string =>
  say.label('resultsPage.summary.answered', { count: whole(say, count) })

const halves = (say: Say, value: number): string =>
  Number.isInteger(value) ? whole(say, value) : decimal(say, value)

const groups = ({ say, charts, compared }: Contents): Markup | null => {
  const drawn = dimensions.flatMap((by) => charts.get(`breakdown.${by}`) ?? [])
  if (!compared || drawn.length === 0) return null
  return html`<section><h2>${say.label('resultsPage.groups.title')}</h2>
<p class="note">${say.label('resultsPage.groups.note')}</p>
<div class="grid">${drawn.map((one) => figure(say, { ...one, heading: one.chart.title }))}</div></section>`
}

const path = ({ say, charts }: Contents): Markup | null => {
  const drawn = ['funnel', 'stopped'].flatMap((name) => charts.get(name) ?? [])
  if (drawn.length === 0) return null
  return html`<section><h2>${say.label('resultsPage.path.title')}</h2>
<div class="grid">${drawn.map((one) => figure(say, { ...one, heading: one.chart.title }))}</div></section>`
}

const words = (
  { say, results, words: { groupName }, timeZone, now }: Contents,
  { comments, more }: Extract<Shown, { part: 'results' }>,
): Markup => {
  const text = (key: string, values?: Record<string, string | number>) =>
    say.label(`resultsPage.comments.${key}`, values)
  const day = (week: string) => formatDay(say, { instant: new Date(`${week}T12:00:00Z`), timeZone, now })
  const asked = (comment: Comment) =>
    results.questions.find(({ code, since }) => code === comment.question && since === comment.since)
  const one = (comment: Comment): Markup => {
    const question = asked(comment)
    const place = groupName('territory', comment.territory)
    return html`<li><blockquote><p>${comment.text}</p></blockquote>
<p class="note">${question && html`<span>${questionWords(question, say)}</span> · `}${place} · ${text('week', { day: day(comment.week) })}</p>
${comment.familyNumber !== null && html`<p class="contact">${text('contact', { number: comment.familyNumber })}</p>`}</li>`
  }
  return html`<section><h2>${text('title')}</h2><p class="note">${text('note')}</p>
${results.query.helpKind !== undefined && html`<p class="note">${text('kinds')}</p>`}
${comments.length === 0 ? html`<p>${text('none')}</p>` : html`<ul class="comments">${comments.map(one)}</ul>`}
${more && html`<p class="note">${text('more', { count: comments.length })}</p>`}</section>`
}

const files = (say: Say): Markup => {
  const text = (key: string) => say.label(`resultsPage.files.${key}`)
  const link = (file: string, words: string) =>
    html`<li><a href="/console/surveys/files/${file}" download>${words}</a></li>`
  return html`<section class="files"><h2>${text('title')}</h2><p class="note">${text('note')}</p>
<ul>${[
    link('figures.csv', text('figuresCsv')),
    link('figures.xlsx', text('figuresXlsx')),
    link('comments.csv', text('commentsCsv')),
    link('comments.xlsx', text('commentsXlsx')),
  ]}</ul></section>`
}
