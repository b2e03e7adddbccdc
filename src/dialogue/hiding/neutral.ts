import type { Language, Texts } from '#core/text.ts'
import type { DialogueDeps } from '#dialogue/screen.ts'

type Deps = { texts: Texts; organisation: Pick<DialogueDeps['organisation'], 'neutral'> }

/** What is left of a hidden chat, and answers whoever writes there: the centre's line, or that of the texts. */
export const neutralLine = ({ texts, organisation }: Deps, language: Language): string =>
  organisation.neutral?.line ?? texts.for(language, 'adult').label('hide.line')

/** The words that bring it back: the centre's, else that of each language, because nobody knows in which they will type. */
export const wordsBack = ({ texts, organisation }: Deps): string[] =>
  organisation.neutral?.word === undefined
    ? [texts.for('ru', 'adult').label('hide.word'), texts.for('en', 'adult').label('hide.word')]
    : [organisation.neutral.word]

/** The word as it is explained. */
export const wordBack = ({ texts, organisation }: Deps, language: Language): string =>
  organisation.neutral?.word ?? texts.for(language, 'adult').label('hide.word')
