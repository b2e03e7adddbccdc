import { answerCodes, scaleIn } from '#features/surveys/authoring/change-edited.ts'
import { type EditedQuestion, noBounds, noWords } from '#features/surveys/authoring/edited-survey.ts'
import type { SurveyEditing } from '#features/surveys/authoring/survey-editing.ts'
import { readyScale } from '#features/surveys/seed-surveys.ts'
import { html, type Markup } from '#http/markup.ts'
import { scaleNames } from '#surveys/data.ts'
import { mostOptions, questionKinds } from '#surveys/schema.ts'
import { formTo } from '#console/form-markup.ts'
import { choose, tick } from '#console/plan/choose.ts'
import type { Page, Visit } from '#console/visit.ts'
import { surveyPaths } from '../tabs.ts'
import { wordFields } from './word-fields.ts'

type Facts = {
  editing: SurveyEditing
  question: EditedQuestion
  /** What is wrong with it, if somebody came to mend it. */
  faults: readonly string[]
}

/** One question while it is typed: its words, its answers, when it is asked, and what follows a low answer. */
export const questionPage = (visit: Visit, { editing, question, faults }: Facts): Page => {
  const { say } = visit
  const { code, edited } = editing
  const at = `${surveyPaths.authoring}/${code}/edit`
  const number = edited.questions.indexOf(question) + 1
  const title = say.label('consoleAuthoring.question', { number })
  const label = (key: string) => say.label(`consoleAuthoring.fields.${key}`)
  const kinds = questionKinds.map((value) => ({ value, words: say.label(`consoleAuthoring.kinds.${value}`) }))
  const inside = html`<div class="actions sticky"><button name="act" value="save">${say.label('consoleAuthoring.saveQuestion')}</button><a class="next" href="${at}">${say.label('consoleAuthoring.backToSurvey')}</a></div>
<section>${wordFields(visit, { name: 'words', of: label('words'), words: question.words, rows: 3 })}
<div class="fields"><label>${label('kind')}${choose('kind', kinds, question.kind)}</label></div>
<button name="act" value="show" class="quiet">${say.label('consoleAuthoring.showParts')}</button>
<label class="choice"><input type="checkbox" name="required" value="1"${question.required && html` checked`}> <span>${say.label('consoleAuthoring.required')}</span></label></section>
${answersPart(visit, question)}${rescuePart(visit, question)}${conditionPart(visit, edited.questions.slice(0, number - 1), question)}`
  const body = html`<h1>${title}</h1>
${faults.length > 0 && html`<div class="problem" role="alert"><ul>${faults.map((one) => html`<li>${one}</li>`)}</ul></div>`}
${formTo(visit, `${at}/${question.code}`, inside, { class: 'plan-form' })}`
  return { title, section: 'surveys', body }
}

/** The answers that this kind of question has. */
const answersPart = (visit: Visit, question: EditedQuestion): Markup | null => {
  const { say } = visit
  const { kind, scale, ends, options } = question
  const part = (name: 'scale' | 'ends' | 'options', inside: Markup | Markup[]) =>
    html`<section><h2>${say.label(`consoleAuthoring.fields.${name}`)}</h2><p class="note">${say.label(`consoleAuthoring.partNote.${name}`)}</p>${inside}</section>`
  if (kind === 'scale')
    return part('scale', [
      scaleChoice(visit, question),
      ...[0, 1, 2, 3, 4].map((step) =>
        answerFields(visit, { name: `scale.${step}`, of: `${step + 1}`, words: scale[step] }),
      ),
    ])
  if (kind === 'ten')
    return part(
      'ends',
      ['0', '10'].map((of, end) => answerFields(visit, { name: `ends.${end}`, of, words: ends[end] })),
    )
  if (kind !== 'one' && kind !== 'many') return null
  const rows = Math.min(Math.max(options.length + 1, 3), mostOptions)
  const fields = Array.from({ length: rows }, (_, index) => {
    const option = options[index]
    const of = say.label('consoleAuthoring.answer', { number: index + 1 })
    return html`${option && html`<input type="hidden" name="option.${index}.code" value="${option.code}">`}${answerFields(visit, { name: `option.${index}`, of, words: option?.words })}`
  })
  return part('options', [
    ...fields,
    html`<button name="act" value="show" class="quiet">${say.label('consoleAuthoring.moreAnswers')}</button>`,
  ])
}

const answerFields = (
  visit: Visit,
  { name, of, words = noWords }: { name: string; of: string; words?: typeof noWords | undefined },
): Markup => html`<fieldset><legend>${of}</legend>${wordFields(visit, { name, of, words })}</fieldset>`

/** Labels that the product has ready: they fit their buttons, and are tried. */
const scaleChoice = ({ say, deps }: Visit, question: EditedQuestion): Markup => {
  const ready = scaleNames.map((name) => ({ name, labels: readyScale(deps.texts, name) }))
  const here = scaleIn(question, ready)
  const options = ready.map(({ name, labels }) => ({
    value: name,
    words: labels.map(({ ru, en }) => (say.language === 'en' ? (en ?? ru) : ru).adult).join(' – '),
  }))
  return html`<div class="fields"><label>${say.label('consoleAuthoring.readyScale')}${choose('ready', [{ value: '', words: say.label('consoleAuthoring.ownScale') }, ...options], here ?? '')}</label></div><button name="act" value="scale" class="quiet">${say.label('consoleAuthoring.takeScale')}</button>`
}

/** After which answers somebody other than the curator is offered. */
const rescuePart = (visit: Visit, question: EditedQuestion): Markup | null => {
  if (question.kind === 'text') return null
  const { say } = visit
  return html`<section><h2>${say.label('consoleAuthoring.fields.rescue')}</h2><p class="note">${say.label('consoleAuthoring.partNote.rescue')}</p><input type="hidden" name="rescues" value="1">${boundFields(visit, { name: 'rescue', of: question, bounds: question.rescue, only: 'atMost', legend: say.label('consoleAuthoring.fields.rescue') })}</section>`
}

/** After which answers to earlier questions this one is asked. */
const conditionPart = (
  visit: Visit,
  earlier: readonly EditedQuestion[],
  { showIf }: EditedQuestion,
): Markup | null => {
  const { say } = visit
  const fitting = earlier.filter(({ kind }) => kind !== 'text')
  if (fitting.length === 0) return null
  const fields = fitting.map((of) => {
    const bounds = showIf.find(({ question }) => question === of.code)
    const legend = say.label('consoleAuthoring.afterQuestion', {
      number: earlier.indexOf(of) + 1,
      words: of.words.ru,
    })
    return html`<details${bounds && html` open`}><summary>${legend}</summary>${boundFields(visit, { name: `if.${of.code}`, of, bounds: bounds ?? noBounds, legend })}</details>`
  })
  return html`<section><h2>${say.label('consoleAuthoring.fields.showIf')}</h2><p class="note">${say.label('consoleAuthoring.partNote.showIf')}</p><input type="hidden" name="tests" value="1">${fields}</section>`
}

type BoundFields = {
  name: string
  of: EditedQuestion
  bounds: typeof noBounds
  legend: string
  only?: 'atMost'
}

/** Bounds on the answers to a question: numbers, or some of its answers. */
const boundFields = ({ say }: Visit, { name, of, bounds, legend, only }: BoundFields): Markup => {
  const codes = answerCodes(of)
  if (codes) {
    const named = codes.map((value) => ({ value, words: answerWord(say, of, value) }))
    return html`<fieldset><legend class="hidden">${legend}</legend>${tick(`${name}.is`, named, bounds.is)}</fieldset>`
  }
  const [least, most] = of.kind === 'ten' ? [0, 10] : [1, 5]
  const select = (key: 'atMost' | 'atLeast', from: number, until: number) => {
    const numbers = Array.from({ length: until - from + 1 }, (_, step) => `${from + step}`)
    const options = numbers.map((value) => ({
      value,
      words: say.label(`consoleAuthoring.${key}`, { number: value }),
    }))
    return html`<label><span class="hidden">${legend}: </span>${say.label(`consoleAuthoring.bounds.${key}`)}${choose(`${name}.${key}`, [{ value: '', words: '–' }, ...options], bounds[key])}</label>`
  }
  // A low answer is one of the lower half: the schema takes 1 to 4.
  if (only) return html`<div class="fields">${select('atMost', 1, 4)}</div>`
  return html`<div class="fields">${select('atMost', least, most - 1)}${select('atLeast', least + 1, most)}</div>`
}

const answerWord = (say: Visit['say'], { kind, options }: EditedQuestion, code: string): string =>
  kind === 'yes-no'
    ? say.label(code === 'yes' ? 'survey.yes' : 'survey.no')
    : (options.find((one) => one.code === code)?.words.ru ?? code)
