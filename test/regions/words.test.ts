import { join } from 'node:path'
import { expect, it } from 'vitest'
import { addresses, type Language, loadTexts } from '#core/text.ts'
import { region } from '#regions/index.ts'
import { deadlineCodes } from '#regions/schema.ts'

const locales = join(import.meta.dirname, '../../locales')

// Novgorod has a «план мероприятий» (3.5.2), Crimea enters measures into the programme of services (9 (9)).
it.each([
  ['novgorod', 'ru', /ИПСС/],
  ['novgorod', 'en', /IPSS/],
  ['crimea', 'ru', /ИПСС/],
  ['crimea', 'en', /IPSS/],
] as const)(
  '%s in %s: nothing that has a name is called an ИПСС',
  async (code, language: Language, wrong) => {
    const texts = await loadTexts(locales, {}, code)
    const { stages, documents, catalogue } = region(code)
    for (const address of addresses) {
      const say = texts.for(language, address)
      const named = (list: string, one: string) =>
        [`regions.${code}.${list}.${one}`, `regions.shared.${list}.${one}`].find(say.has)
      const keys = [
        ...stages.flatMap((stage) => [named('stages', stage), named('steps', stage)]),
        ...deadlineCodes.map((deadline) => named('deadlines', deadline)),
        ...deadlineCodes.map((deadline) =>
          [`regions.${code}.worklist.${deadline}`, `worklist.deadlines.${deadline}`].find(say.has),
        ),
        ...documents.map((one) =>
          [`documents.${code}.${one.code}`, `documents.names.${one.code}`].find(say.has),
        ),
        ...catalogue.map((one) => `catalogue.${code}.${one.code}`),
        ...['decider', 'deciderFirst'].map((term) => named('terms', term)),
      ]
      const said = keys.flatMap((key) => (key === undefined ? [] : [say.label(key)]))
      expect(said.length).toBeGreaterThan(20)
      expect(said.filter((name) => wrong.test(name))).toEqual([])
    }
  },
)
