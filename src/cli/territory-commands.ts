import type { CommandSpec, Option } from './command-spec.ts'

const code = {
  shown: '<code>',
  key: 'code',
  needs: 'two or more small Latin letters and digits, with hyphens, such as leninsky',
}
const name = (key: 'ru' | 'en', required: boolean): Option => ({
  ...{ key, kind: 'text', needs: 'a name of two letters or more' },
  ...(required && { required }),
})
const settings: Record<string, Option> = {
  called: { key: 'called', kind: 'list', needs: 'the beginning of a word by which people call it' },
  'area-code': { key: 'areaCode', kind: 'text', needs: 'three to five digits' },
}
const rest = '[--called <beginning> …] [--area-code <digits>]'

export const territoryCommands: readonly CommandSpec[] = [
  {
    words: 'territory add',
    name: 'territory-add',
    usage: `<code> --ru <name> --en <name> ${rest}`,
    says: [
      'adds a territory to the centre: families choose it, staff and keys can be given it;',
      '--called: beginnings of the words by which people call it, without it found in the names',
    ],
    example: 'severny --ru Severny --en Severny',
    argument: code,
    options: { ru: name('ru', true), en: name('en', true), ...settings },
  },
  {
    words: 'territory rename',
    name: 'territory-rename',
    usage: `<code> [--ru <name>] [--en <name>] ${rest}`,
    says: ['changes its names; what was done under them shows the new ones'],
    example: 'severny --en Northern',
    argument: code,
    options: { ru: name('ru', false), en: name('en', false), ...settings },
  },
  {
    words: 'territory retire',
    name: 'territory-retire',
    usage: '<code> [--to <code>]',
    says: [
      'offers it to nobody any more; --to: who takes over what is open, and whose staff then serve both; the old name stays',
    ],
    example: 'severny --to leninsky',
    argument: code,
    options: { to: { key: 'to', kind: 'text', needs: 'the code of another territory' } },
  },
  {
    words: 'territory list',
    name: 'territory-list',
    usage: '',
    example: '',
    says: ['lists them with the staff who serve each'],
  },
]
