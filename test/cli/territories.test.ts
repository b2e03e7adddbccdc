import { expect, test } from 'vitest'
import { parseCommand } from '#src/cli/parse.ts'

const words = (...line: string[]) => parseCommand(line)

test.each([
  [
    [
      'territory',
      'add',
      'nevinnomyssk',
      '--ru',
      'Невинномысск',
      '--en',
      'Nevinnomyssk',
      '--called',
      'невинк',
    ],
    {
      name: 'territory-add',
      code: 'nevinnomyssk',
      ru: 'Невинномысск',
      en: 'Nevinnomyssk',
      called: ['невинк'],
    },
  ],
  [
    ['territory', 'rename', 'leninsky', '--ru', 'Ленинский район', '--area-code', '8652'],
    { name: 'territory-rename', code: 'leninsky', ru: 'Ленинский район', called: [], areaCode: '8652' },
  ],
  [['territory', 'retire', 'leninsky'], { name: 'territory-retire', code: 'leninsky' }],
  [
    ['territory', 'retire', 'leninsky', '--to', 'shpakovsky'],
    { name: 'territory-retire', code: 'leninsky', to: 'shpakovsky' },
  ],
  [['territory', 'list'], { name: 'territory-list' }],
])('%j is parsed', (line, command) => {
  expect(words(...line)).toEqual(command)
})

test.each([
  [['territory']],
  [['territory', 'add', 'Nevinnomyssk', '--ru', 'Невинномысск', '--en', 'Nevinnomyssk']],
  [['territory', 'add', 'nevinnomyssk', '--ru', 'Невинномысск']],
  [['territory', 'add', 'x', '--ru', 'Шпаковский муниципальный округ края', '--en', 'Shpakovsky']],
  [['territory', 'add', 'x', '--ru', 'Имя', '--en', 'Name', '--called', '(.*)']],
  [['territory', 'rename', 'x', '--area-code', 'many']],
  [['territory', 'retire']],
  [['territory', 'retire', 'x', 'y']],
  [['territory', 'list', 'x']],
])('%j is rejected with its own usage', (line) => {
  expect(() => words(...line)).toThrow('npm run ryadom -- territory')
})
