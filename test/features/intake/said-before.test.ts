import { expect, test } from 'vitest'
import { saidBefore } from '#features/intake/typed/said-before.ts'
import { region as regionOf } from '#regions/index.ts'

const now = new Date('2026-11-24T09:00:00Z')
const region = regionOf('stavropol')
const read = (id: Parameters<typeof saidBefore>[0], story: string) => saidBefore(id, story, { region, now })

test.each([
  ['мы живём в Ставрополе, Ленинский район, муж пьёт', 'territory', [{ territory: 'leninsky' }]],
  ['Михайловск. сын не ходит в школу', 'territory', [{ territory: 'shpakovsky' }]],
  ['позвоните 8 928 123-45-67, муж пьёт', 'phone', [{ phone: '+79281234567' }]],
  ['меня зовут Лена, муж пьёт', 'name', [{ name: 'Лена' }]],
  ['у меня двое детей, 5 и 8 лет. Муж ушёл', 'children', [{ children: [2021, 2018], ages: ['5y', '8y'] }]],
  ['муж бьёт уже 3 года. дочери 7', 'children', [{ children: [2019], ages: ['7y'] }]],
] as const)('«%s» answers %s', (story, id, readings) => expect(read(id, story)).toEqual(readings))

test.each([
  ['выгнал на улицу, ночевала у подруги в Москве', 'territory'],
  ['живём в другом городе', 'territory'],
  ['мне 34, мужу 40, устала', 'children'],
  ['дети не ели 2 дня', 'children'],
  ['сын пропал 3 часа назад', 'children'],
  ['дети видели всё', 'children'],
  ['должны 120000 рублей', 'phone'],
  ['его зовут Олег', 'name'],
] as const)('«%s» says nothing of %s', (story, id) => expect(read(id, story)).toBeNull())
