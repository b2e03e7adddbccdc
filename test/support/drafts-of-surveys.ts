// Minimal surveys, as a centre would send them to the API.

export const words = (text: string) => ({ ru: { adult: text } })
export const five = [1, 2, 3, 4, 5].map((step) => words(`${step}`))
export const two = ['a', 'b'].map((code) => ({ code, words: words(code) }))
export const scale = (code: string, more: object = {}) => ({
  code,
  kind: 'scale',
  words: words(code),
  scale: five,
  ...more,
})
export const text = (code: string, more: object = {}) => ({ code, kind: 'text', words: words(code), ...more })
export const one = (code: string, more: object = {}) => ({
  code,
  kind: 'one',
  words: words(code),
  options: two,
  ...more,
})
export const ten = (code: string, more: object = {}) => {
  return { code, kind: 'ten', words: words(code), ends: [words('0'), words('10')], ...more }
}
export const yesNo = (code: string, more: object = {}) => ({
  code,
  kind: 'yes-no',
  words: words(code),
  ...more,
})

export const aSurvey = (questions: readonly unknown[], more: object = {}) => ({
  code: 'own',
  version: 1,
  when: { on: 'hand' },
  audience: 'everyone',
  title: words('Свой'),
  questions,
  ...more,
})
