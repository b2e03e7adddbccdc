export type MaskKind = 'name' | 'phone' | 'email' | 'link' | 'account' | 'document' | 'date' | 'address'

/** Concatenates independent expressions into one. */
const joined = (flags: string, ...parts: readonly RegExp[]): RegExp =>
  new RegExp(parts.map(({ source }) => source).join(''), flags)

/** Makes an expression optional. */
const maybe = ({ source }: RegExp): RegExp => new RegExp(`(?:${source})?`, 'u')

const noLetterBefore = /(?<![\p{L}\p{N}])/u
const noLetterAfter = /(?![\p{L}\p{N}])/u

/** A house number after a street name. */
const house = /,?\s?(?:[Дд](?:ом)?\.?\s?)?\d{1,4}\p{Ll}?(?:[/-]\d{1,4})?/u
const shortStreet = /(?:[Уу]л|[Пп]ер|[Пп]росп|[Пп]р-к?т|[Бб]-р|[Нн]аб|[Мм]кр)(?:\.\s{0,2}|\s)/u
const vagueStreet = /(?:[Пп]р|[Пп]л|[Шш])\.\s{0,2}/u
const wholeStreet =
  /(?:[Уу]лиц|[Пп]роспект|[Пп]ереул|[Бб]ульвар|[Пп]лощад|[Нн]абережн|[Мм]икрорайон|[Пп]роезд|[Шш]оссе)\p{Ll}{0,5}\s/u
/** «50 лет», «8» before a street name. */
const counted = /(?:\d{1,3}(?:-?\p{Ll}{1,2})?\s(?:лет\s)?)?/u
const anyName = /\p{L}[\p{L}-]{1,30}(?:\s\p{Lu}[\p{L}-]{1,30}){0,2}/u
const properName = /\p{Lu}[\p{L}-]{1,30}(?:\s\p{Lu}[\p{L}-]{1,30}){0,2}/u

const monthName =
  /(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}{0,7}\.?/u
const year = /(?:19|20)\d{2}/u
const ofYear = /(?:\s?г(?:ода|\.)?(?!\p{L}))?/u
const born =
  /(?<=(?:родил\p{L}{1,4}|рождени\p{L}{1,2}|born(?:\s(?:in|on))?|birthday(?:\sis)?)\s?[:—–-]?\s?(?:в\s|on\s|in\s)?)/u

/**
 * The patterns in order of application: longer and more certain ones come before those that would match a part of
 * them. Every repetition is bounded, so matching time is linear in the text.
 */
export const patterns: readonly { kind: MaskKind; like: RegExp }[] = [
  { kind: 'email', like: /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{2,63}){1,4}/gu },
  { kind: 'link', like: /(?:https?:\/\/|www\.)[^\s<>«»"[\]]{0,300}[^\s<>«»"[\].,;:!?)]/giu },
  {
    kind: 'link',
    like: /(?<![\p{L}\p{N}@.-])(?:[\p{L}\p{N}-]{1,63}\.){1,4}(?:ru|com|me|org|net|su|io|info|online|site|рф)(?:\/(?:[^\s<>«»"[\]]{0,300}[^\s<>«»"[\].,;:!?)])?)?(?![\p{L}\p{N}])/giu,
  },
  { kind: 'account', like: /(?<![\p{L}\p{N}])@[\p{L}\p{N}_]{3,64}/gu },
  // A bank card or health insurance policy; SNILS as printed; a passport; a birth certificate.
  { kind: 'document', like: /(?<!\d)\d{4}(?:[\s-]?\d{4}){3}(?:[\s-]?\d{1,3})?(?!\d)/gu },
  { kind: 'document', like: /(?<!\d)\d{3}(?:-\d{3}-\d{3}[\s-]?| \d{3} \d{3} )\d{2}(?!\d)/gu },
  {
    kind: 'document',
    like: /(?<!\d)\d{2}\s?\d{2}(?:\s{1,2}|\s{0,2}(?:№|N|номер)\s{0,2})\d{6}(?!\d)/giu,
  },
  { kind: 'document', like: /(?<!\p{L})[IVXLC]{1,6}\s?-\s?\p{Lu}{2}\s?№?\s?\d{6}(?!\d)/gu },
  {
    kind: 'document',
    like: /(?<=(?:паспорт\p{L}{0,3}|снилс|инн|полис\p{L}{0,3}|passport)[\s.:№-]{1,4})\d[\d\s-]{3,18}\d(?!\d)/giu,
  },
  // Any full date; and a partial date or a year after a phrase about birth.
  {
    kind: 'date',
    like: joined(
      'gu',
      /(?<![\d.])(?:0?[1-9]|[12]\d|3[01])\s?[./-]\s?(?:0?[1-9]|1[0-2])\s?[./-]\s?/u,
      /(?:(?:19|20)\d{2}|\d{2})(?![\d-])/u,
      ofYear,
    ),
  },
  { kind: 'date', like: /(?<!\d)(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2}(?!\d)/gu },
  {
    kind: 'date',
    like: joined('giu', /(?<!\d)(?:\d{1,2}\s)/u, monthName, /\s/u, year, /(?!\d)/u, ofYear),
  },
  { kind: 'date', like: joined('giu', noLetterBefore, monthName, /\s(?:\d{1,2},?\s)?/u, year, /(?!\d)/u) },
  {
    kind: 'date',
    like: joined('giu', /(?<!\d)/u, year, /\s?(?:г\.?\s?р\.?|год\p{L}?\sрождени\p{L})/u, noLetterAfter),
  },
  {
    kind: 'date',
    like: joined('giu', born, /\d{1,4}/u, maybe(joined('u', /\s/u, monthName)), noLetterAfter, ofYear),
  },
  // A phone number of ten or more digits with any separators, or a local one: 2-34-56.
  { kind: 'phone', like: /(?<![\p{L}\d])\+?\d(?:[\s().–-]{0,3}\d){9,14}(?!\d)/gu },
  { kind: 'phone', like: /(?<![\d-])\d{1,3}-\d{2}-\d{2}(?![\d-])/gu },
  {
    kind: 'phone',
    like: /(?<=(?:тел\p{L}{0,6}|звон\p{L}{1,5}|номер\p{L}{0,2}|phone|call)[\s.:№-]{1,3})\d(?:[\s-]?\d){4,8}(?!\d)/giu,
  },
  {
    kind: 'address',
    like: joined('gu', noLetterBefore, shortStreet, counted, anyName, maybe(house), noLetterAfter),
  },
  {
    kind: 'address',
    like: joined('gu', noLetterBefore, wholeStreet, counted, properName, maybe(house), noLetterAfter),
  },
  {
    kind: 'address',
    like: joined('gu', noLetterBefore, wholeStreet, counted, anyName, house, noLetterAfter),
  },
  {
    kind: 'address',
    like: joined('gu', noLetterBefore, vagueStreet, counted, anyName, house, noLetterAfter),
  },
  {
    kind: 'address',
    like: joined(
      'giu',
      noLetterBefore,
      /(?:дом[еу]?|д)\.?\s?№?\s?\d{1,4}\p{L}?(?:[/-]\d{1,4})?/u,
      noLetterAfter,
    ),
  },
  {
    kind: 'address',
    like: joined(
      'giu',
      noLetterBefore,
      /(?:кв|квартир[аеуы]?|корп|корпус[еа]?|подъезд[еау]?|комнат[аеуы]|общежити[еия])\.?\s?№?\s?\d{1,4}/u,
      noLetterAfter,
    ),
  },
  {
    kind: 'address',
    like: joined(
      'gu',
      noLetterBefore,
      /(?:\d{1,4}\p{L}?\s\p{Lu}[\p{L}-]{1,30}\s(?:[Ss]treet|[Ss]t|[Aa]venue|[Rr]oad|[Ll]ane)|(?:[Ff]lat|[Aa]pt\.?|[Aa]partment)\s\d{1,4})/u,
      noLetterAfter,
    ),
  },
  // Any remaining number that is too long for a year or a count of days.
  { kind: 'document', like: /(?<![\d.,])\d(?:[\s-]?\d){5,30}(?!\d)/gu },
]
