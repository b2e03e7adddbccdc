// Names in all the cases of Russian, and in the short forms that people really write.

/** Lower case, and one way to write what is written in two. */
const plain = (text: string): string => text.normalize('NFC').toLowerCase().replace(/ё/g, '\u0435')

/** What a case, or a surname that is declined as an adjective is, may add to a stem. */
const ending =
  /^(?:|[аяоеуюыиьй]|ой|ою|ей|ею|ем|ом|ым|им|ых|их|ая|яя|ую|юю|ий|ый|ого|его|ому|ему|ыми|ими|ью|ам|ям|ами|ями|ах|ях|ов|ев)$/u
const longestEnding = 3
/** Of what makes a name small: «Анечка», «Настенька», «Иванушка». */
const fond = /(?:оньк|еньк|очк|ечк|ушк|юшк|ышк|ик|ок|ек|к)$/u
/** A vowel that comes and goes: «Павел» and «Павла». */
const fleeting = /[ое](?=[^аоуыэяеиюйь]$)/u

/**
 * Stems of one name as people use it. A form that would be another word in some case («свет», «люди», «вас») is given
 * whole, or longer.
 */
const shortForms: readonly RegExp[] = [
  /^(?:анн|ан|анют|анюточ|нюр|нюш)$/u,
  /^(?:анастаси|анастась|наст|настюш|наста|стас)$/u,
  /^(?:александр|саш|сашул|сан|шур|алекс)$/u,
  /^(?:алексе|леш|алеш|лех|лешк)$/u,
  /^(?:андре|андрюш|андрюх|дрюн)$/u,
  /^(?:антон|антош|тох)$/u,
  /^(?:артем|темка|темыч|артемк)$/u,
  /^(?:борис|бор)$/u,
  /^(?:валентин|валери|валер|вал|валюш)$/u,
  /^(?:васили|вася|васи|васю|васе|васей|васьк|васил|васек)$/u,
  /^(?:виктор|виктори|витали|вит|витюш|вик|викус)$/u,
  /^(?:владимир|вов|волод|вован)$/u,
  /^(?:владислав|вячеслав|станислав|ярослав|влад|слав|стас|ярик)$/u,
  /^(?:галин|гал|галюш)$/u,
  /^(?:георги|гош|жор|гоша)$/u,
  /^(?:григори|гриш)$/u,
  /^(?:дарь|дари|даш|дашут)$/u,
  /^(?:дмитри|дим|мит|димон|димас)$/u,
  /^(?:евгени|женя|женю|женей|женьк|женечк)$/u,
  /^(?:екатерин|катерин|кат|катюш|катюх)$/u,
  /^(?:елен|ален|лена|лены|лене|лену|леной|леночк|ленк|ленок)$/u,
  /^(?:елизавет|лиз|лизавет)$/u,
  /^(?:иван|ван|ванюш|ваньк)$/u,
  /^(?:игор|игорек|гар)$/u,
  /^(?:иль|илюш|илюх)$/u,
  /^(?:ирин|ир|ириш|ирк)$/u,
  /^(?:кирилл|кирюш|кирюх)$/u,
  /^(?:константин|костик|костя|костю|косте|костей|костюш)$/u,
  /^(?:ксени|оксан|ксюш|ксю|ксюх)$/u,
  /^(?:ларис|лар)$/u,
  /^(?:людмил|люда|люды|люде|люду|людой|людк|людочк|милочк)$/u,
  /^(?:любов|люба|любы|любе|любу|любочк|любаш)$/u,
  /^(?:максим|макс|максимк)$/u,
  /^(?:маргарит|рит|марго|ритул)$/u,
  /^(?:мари|марь|маш|марус|маня|мань|машут)$/u,
  /^(?:марин|мариш)$/u,
  /^(?:михаил|миш|мишан|мих)$/u,
  /^(?:надежд|надя|нади|наде|надю|надей|надюш|надечк)$/u,
  /^(?:натали|наталь|наташ|нат|натаха|натах|натул)$/u,
  /^(?:никола|коля|коли|коле|колю|колей|коль|кольк|колян)$/u,
  /^(?:ольг|ол|олюш|олечк)$/u,
  /^(?:олег|олеж|олежк)$/u,
  /^(?:павел|павл|паш|павлик|павлуш)$/u,
  /^(?:петр|петя|пети|петю|петей|петьк|петеньк)$/u,
  /^(?:полин|полюш|полечк|поля|полю)$/u,
  /^(?:роман|ром|ромаш|ромк)$/u,
  /^(?:светлан|света|светы|свете|свету|светой|светочк|светк|светик|светул)$/u,
  /^(?:серге|сереж|серег|серый)$/u,
  /^(?:софи|софь|соня|сони|соне|соню|соней|сонечк|соньк|софа)$/u,
  /^(?:степан|степ|степк)$/u,
  /^(?:татьян|тан|танюш|танюх)$/u,
  /^(?:тимофе|тимур|тим|тимош|тимк)$/u,
  /^(?:федор|фед|федьк)$/u,
  /^(?:юли|юл|юльк|юляш)$/u,
  /^(?:юри|юр|юрк|юрец)$/u,
]

/** Whether a word of somebody's text is one of the names, or a part of one; single letters are nobody's. */
export const namedBy = (names: readonly string[]): ((word: string) => boolean) => {
  const given = names.flatMap((name) => plain(name).match(/\p{L}{2,}/gu) ?? [])
  const stems = new Set(given.flatMap(stemsOf))
  const known = shortForms.filter((forms) => [...stems].some((stem) => forms.test(stem)))
  const whole = new Set(given)
  const isStem = (stem: string, rest: string): boolean =>
    stems.has(stem) || ((stem.length > 3 || rest !== '') && known.some((forms) => forms.test(stem)))
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

/** Of one letter only would be left of «Ия» or «Ая»: such a name is known as it is kept, and by nothing shorter. */
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

/** Somebody named with a patronymic, whoever they are: «Ольга Сергеевна», «с Петром Ильичом», «Сергеевна». */
export const patronymics: readonly RegExp[] = [
  /(?<!\p{L})(?:\p{Lu}\p{Ll}{1,20}\s)?\p{Lu}\p{Ll}{1,20}\s\p{Lu}\p{Ll}{1,20}(?:[оеь]вич|ьич|[оеи]вн|ичн|иничн)(?:а|у|ем|ом|е|ы|ой|ою)?(?!\p{L})/gu,
  /(?<!\p{L})\p{Lu}\.\s?\p{Lu}\.\s?\p{Lu}\p{Ll}{1,20}(?!\p{L})|(?<!\p{L})\p{Lu}\p{Ll}{1,20}\s\p{Lu}\.\s?\p{Lu}\.(?!\p{L})/gu,
  /(?<!\p{L})\p{Lu}\p{Ll}{2,20}(?:[ое]вич|[ое]вн|иничн)(?:а|у|ем|е|ы)?(?!\p{L})/gu,
]
