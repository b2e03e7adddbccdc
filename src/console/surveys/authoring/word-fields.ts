import type { EditedWords } from '#features/surveys/authoring/edited-survey.ts'
import { html, type Markup } from '#http/markup.ts'
import type { Visit } from '#console/visit.ts'

const longest = 300

/** The inputs of one wording: for adults and for minors, and in English for whoever needs it. `of`: of what, for screen readers. */
export const wordFields = (
  { say }: Pick<Visit, 'say'>,
  { name, of, words, rows = 1 }: { name: string; of: string; words: EditedWords; rows?: number },
): Markup => {
  const input = (key: keyof EditedWords) => {
    const label = html`${say.label(`consoleAuthoring.wording.${key}`)}<span class="hidden">: ${of}</span>`
    const field = `${name}.${key}`
    return rows > 1
      ? html`<label>${label}<textarea name="${field}" rows="${rows}" maxlength="${longest}">${words[key]}</textarea></label>`
      : html`<label>${label}<input name="${field}" value="${words[key]}" maxlength="${longest}" autocomplete="off"></label>`
  }
  const english = words.en + words.enMinor !== ''
  return html`<div class="fields">${input('ru')}${input('ruMinor')}</div>
<details><summary>${say.label(`consoleAuthoring.wording.${english ? 'englishThere' : 'english'}`)}<span class="hidden">: ${of}</span></summary><div class="fields">${input('en')}${input('enMinor')}</div></details>`
}
