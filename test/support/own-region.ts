import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { regionTexts } from '#regions/index.ts'

const wordsOf = (language: 'ru' | 'en') =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../locales/${language}/regions.json`), 'utf8'))
    .novgorod

/** A region that no file of the product knows, with a list, a term, a day off and words of its own. */
export const ownRegionFile = () => ({
  rules: {
    ...structuredClone(regionTexts.novgorod),
    code: 'ozyorsk',
    timeZone: 'Asia/Yekaterinburg',
    deadlines: {
      'commission-decision': { days: 7, dayKind: 'working', from: 'application', clause: '2.4' },
      ipss: { days: 20, dayKind: 'calendar', from: 'contract', clause: '3.1' },
    },
  },
  territories: [{ code: 'zaton', name: { ru: 'Затон', en: 'Zaton' }, called: ['затон'], town: ['озёрск'] }],
  daysOff: {
    everyYear: [{ day: '12-01', since: 2020, act: 'закон № 1' }],
    radonitsa: null,
    byYear: {},
    actEachYear: false,
  },
  words: {
    ru: {
      ...wordsOf('ru'),
      name: 'Озёрский край',
      terms: { ...wordsOf('ru').terms, decider: 'совет центра' },
    },
    en: {
      ...wordsOf('en'),
      name: 'Ozyorsk region',
      terms: { ...wordsOf('en').terms, decider: 'the council' },
    },
  },
})

export const writeRegionFile = (dir: string, content: unknown): string => {
  const path = join(dir, 'region.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}
