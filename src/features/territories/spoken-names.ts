import { plainText } from '#features/intake/typed/plain-text.ts'
import { spokenBeginning, type Territory } from '#regions/territories.ts'

/** What a place is, and not how it is called. */
const kindOfPlace =
  /^(?:г|город|городской|с|село|п|пос|пгт|поселок|станица|ст-ца|хутор|аул|деревня|район|р-н|округ|муниципальный|мкр|микрорайон|the|town|city|village|district|settlement|of)$/u

/** Endings that change with the case: «в Кочубеевском», «из Невинномысска», «в Приобье». */
const ending = /(?:ий|ый|ой|ая|яя|ое|ее|ье|ия|а|я|о|е|и|ы|ь|й|у|y)$/u

/**
 * The beginning of the word by which people call a place in any case, from its names: «Ставрополь, Ленинский район» gives
 * «ленинск». Nothing where the word is too short to be told from others; the operator then says how people call it.
 */
export const spokenNames = ({ ru, en }: Territory['name']): string[] => {
  const found = [ru, en].flatMap((name) => beginningOf(name) ?? [])
  return [...new Set(found)]
}

const beginningOf = (name: string): string | null => {
  const last = plainText(name).split(',').at(-1) ?? ''
  const word = last.split(/[\s«»"().]+/u).find((one) => one.length > 0 && !kindOfPlace.test(one))
  const stem = word?.replace(ending, '')
  return stem !== undefined && stem.length >= 4 && spokenBeginning.safeParse(stem).success ? stem : null
}
