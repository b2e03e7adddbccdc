// Matches names in every Russian case and in common short forms.

/** Lower case, with «ё» folded into «е». */
const plain = (text: string): string => text.normalize('NFC').toLowerCase().replace(/ё/g, '\u0435')

/** Endings that a case, or an adjectival surname, may add to a stem. */
const ending =
  /^(?:|[аяоеуюыиьй]|ой|ою|ей|ею|ем|ом|ым|им|ых|их|ая|яя|ую|юю|ий|ый|ого|его|ому|ему|ыми|ими|ью|ам|ям|ами|ями|ах|ях|ов|ев)$/u
const longestEnding = 3
/** Diminutive suffixes: «Анечка», «Настенька», «Иванушка». */
const fond = /(?:оньк|еньк|очк|ечк|ушк|юшк|ышк|ик|ок|ек|к)$/u
/** Fleeting vowels: «Павел» and «Павла». */
const fleeting = /[ое](?=[^аоуыэяеиюйь]$)/u

/**
 * Stems of one name per line. A form that would match another word in some case («свет», «люди», «вас») is given
 * whole, or longer.
 */
const shortForms: readonly RegExp[] = [
  /анн|ан|анют|анюточ|нюр|нюш/,
  /анастаси|анастась|наст|настюш|наста|стас/,
  /александр|саш|сашул|сан|шур|алекс/,
  /алексе|леш|алеш|лех|лешк/,
  /андре|андрюш|андрюх|дрюн/,
  /антон|антош|тох/,
  /артем|темка|темыч|артемк/,
  /борис|бор/,
  /валентин|валери|валер|вал|валюш/,
  /васили|вася|васи|васю|васе|васей|васьк|васил|васек/,
  /виктор|виктори|витали|вит|витюш|вик|викус/,
  /владимир|вов|волод|вован/,
  /владислав|вячеслав|станислав|ярослав|влад|слав|стас|ярик/,
  /галин|гал|галюш/,
  /георги|гош|жор|гоша/,
  /григори|гриш/,
  /дарь|дари|даш|дашут/,
  /дмитри|дим|мит|димон|димас/,
  /евгени|женя|женю|женей|женьк|женечк/,
  /екатерин|катерин|кат|катюш|катюх/,
  /елен|ален|лена|лены|лене|лену|леной|леночк|ленк|ленок/,
  /елизавет|лиз|лизавет/,
  /иван|ван|ванюш|ваньк/,
  /игор|игорек|гар/,
  /иль|илюш|илюх/,
  /ирин|ир|ириш|ирк/,
  /кирилл|кирюш|кирюх/,
  /константин|костик|костя|костю|косте|костей|костюш/,
  /ксени|оксан|ксюш|ксю|ксюх/,
  /ларис|лар/,
  /людмил|люда|люды|люде|люду|людой|людк|людочк|милочк/,
  /любов|люба|любы|любе|любу|любочк|любаш/,
  /максим|макс|максимк/,
  /маргарит|рит|марго|ритул/,
  /мари|марь|маш|марус|маня|мань|машут/,
  /марин|мариш/,
  /михаил|миш|мишан|мих/,
  /надежд|надя|нади|наде|надю|надей|надюш|надечк/,
  /натали|наталь|наташ|нат|натаха|натах|натул/,
  /никола|коля|коли|коле|колю|колей|коль|кольк|колян/,
  /ольг|ол|олюш|олечк/,
  /олег|олеж|олежк/,
  /павел|павл|паш|павлик|павлуш/,
  /петр|петя|пети|петю|петей|петьк|петеньк/,
  /полин|полюш|полечк|поля|полю/,
  /роман|ром|ромаш|ромк/,
  /светлан|света|светы|свете|свету|светой|светочк|светк|светик|светул/,
  /серге|сереж|серег|серый/,
  /софи|софь|соня|сони|соне|соню|соней|сонечк|соньк|софа/,
  /степан|степ|степк/,
  /татьян|тан|танюш|танюх/,
  /тимофе|тимур|тим|тимош|тимк/,
  /федор|фед|федьк/,
  /юли|юл|юльк|юляш/,
  /юри|юр|юрк|юрец/,
]

/** The groups that contain a stem, by index. */
const groupsOf = new Map<string, number[]>()
for (const [place, { source }] of shortForms.entries()) {
  for (const stem of source.match(/\p{L}+/gu) ?? [])
    groupsOf.set(stem, [...(groupsOf.get(stem) ?? []), place])
}

/** Cache of parsed names: the same ones are looked up for every text. */
const kept = new Map<string, { whole: string[]; stems: string[]; groups: number[] }>()
const mostKept = 5_000

const knownOf = (name: string) => {
  const found = kept.get(name)
  if (found) return found
  const whole = plain(name).match(/\p{L}{2,}/gu) ?? []
  const stems = whole.flatMap(stemsOf)
  const known = { whole, stems, groups: stems.flatMap((stem) => groupsOf.get(stem) ?? []) }
  if (kept.size >= mostKept) kept.clear()
  kept.set(name, known)
  return known
}

/** Returns a predicate that tells whether a word is one of the names or a part of one. Single letters never match. */
export const nameMatcher = (names: readonly string[]): ((word: string) => boolean) => {
  const known = names.map(knownOf)
  const whole = new Set(known.flatMap((name) => name.whole))
  const stems = new Set(known.flatMap((name) => name.stems))
  const groups = new Set(known.flatMap((name) => name.groups))
  const isStem = (stem: string, rest: string): boolean =>
    stems.has(stem) ||
    ((stem.length > 3 || rest !== '') && groupsOf.get(stem)?.some((group) => groups.has(group)) === true)
  return (word) => {
    const read = plain(word)
    if (whole.has(read)) return true
    for (let cut = 0; cut <= longestEnding && read.length - cut >= 2; cut += 1) {
      const stem = read.slice(0, read.length - cut)
      const rest = read.slice(stem.length)
      if (ending.test(rest) && (isStem(stem, rest) || isStem(stem.replace(fond, ''), `${rest} `))) return true
    }
    return false
  }
}

/** Stems of less than two letters are dropped; short names such as «Ия» or «Ая» match only in full. */
const stemsOf = (name: string): string[] => {
  const stem = name.replace(/(?:ий|ый|ая|яя|[аяоеийьы])$/u, '')
  return [
    name,
    stem,
    name.replace(/й$/u, ''),
    name.replace(/[аяь]$/u, ''),
    stem.replace(fleeting, ''),
    soft(stem),
  ].filter((one) => one.length >= 2 && (one.length > 2 || name.length <= 3))
}

/** «Лев» and «Льва». */
const soft = (stem: string): string => stem.replace(/^л[её](?=в$)/u, '\u043b\u044c')

/** Anybody named with a patronymic: «Ольга Сергеевна», «с Петром Ильичом», «Сергеевна». */
export const patronymics: readonly RegExp[] = [
  /(?<!\p{L})(?:\p{Lu}\p{Ll}{1,20}\s)?\p{Lu}\p{Ll}{1,20}\s\p{Lu}\p{Ll}{1,20}(?:[оеь]вич|ьич|[оеи]вн|ичн|иничн)(?:а|у|ем|ом|е|ы|ой|ою)?(?!\p{L})/gu,
  /(?<!\p{L})\p{Lu}\.\s?\p{Lu}\.\s?\p{Lu}\p{Ll}{1,20}(?!\p{L})|(?<!\p{L})\p{Lu}\p{Ll}{1,20}\s\p{Lu}\.\s?\p{Lu}\.(?!\p{L})/gu,
  /(?<!\p{L})\p{Lu}\p{Ll}{2,20}(?:[ое]вич|[ое]вн|иничн)(?:а|у|ем|е|ы)?(?!\p{L})/gu,
]
