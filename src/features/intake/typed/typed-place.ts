import type { Region } from '#regions/schema.ts'
import { plainText } from './plain-text.ts'

export type TypedPlace =
  /** Territories that the words may mean: one to be confirmed, or those of a town to choose from. */
  | { kind: 'ask'; territories: string[] }
  /** A place, but none of the list. */
  | { kind: 'elsewhere' }

/** What marks a place: a kind of settlement, or «живём в». */
const marked =
  /(?<!\p{L})(?:р-н|район|округ|обл\p{L}*|край|город\p{L}*|г\.|пгт|сел[оае](?!\p{L})|с\.\s?\p{Lu}|пос\p{L}*|п\.\s?\p{Lu}|ст-ц\p{L}*|станиц\p{L}*|деревн\p{L}*|дер\.|хутор\p{L}*|аул\p{L}*|мкр\p{L}*|микрорайон\p{L}*|ул\.|улиц\p{L}*|прописк\p{L}*|village|town|city|district|street|live in)/iu

const livesIn = /(?:живу|жив[её]м|проживаем?)\s(?:в|во|на|под|около|за)\s\p{Lu}|[Ll]ive in \p{Lu}/u

/** Towns that people name without saying what they are, and their short names. */
const known =
  /(?<!\p{L})(?:невинк|невинномыс|мин\.?\s?вод|минеральн\p{L}* вод|пятиг|кисловод|ессентук|железновод|буд[её]нновск|георгиевск|изобильн|светлоград|лермонтов|ипатов|благодарн|нефтекумск|зеленокумск|челяб|чмз|чтз|магнитог|копейск|миасс|сургут|нижневарт|ханты|югорск|новгород|боровичи|симф|севастоп|евпатор|керч|ялт|джанкой|феодос|краснодар|ростов|москв|питер)\p{L}*/iu

/** What a person means who is somewhere now, and lives elsewhere: «я у бабушки в другом городе». */
const notHome = /другом городе|в гостях|(?<!\p{L})я (?:сейчас|щас|ща) |another town|staying (?:at|with)/iu

/**
 * Finds where a family lives in words: a territory of the region by its own or its spoken name, or another place; null
 * if the words name none. What is said after «живём в» counts, whatever place was named before.
 */
export const readPlace = (text: string, region: Region): TypedPlace | null => {
  const whole = plainText(text)
  if (notHome.test(whole)) return null
  const plain = /(?:живу|живем|проживаем?|live)\s(.*)/u.exec(whole)?.[1] ?? whole
  const meant = (part: 'called' | 'town') =>
    region.territories.filter((one) => one[part].some((name) => begins(plain, name))).map(({ code }) => code)
  const [named, inTown] = [meant('called'), meant('town')]
  const both = named.filter((one) => inTown.includes(one))
  const territories = both.length > 0 ? both : named.length > 0 ? named : inTown
  // A town of another region may have a district of the same name.
  const town = known.exec(plain)?.[0]
  const foreign = inTown.length === 0 && town !== undefined && !isOwn(region, town)
  if (territories.length > 0 && !foreign) return { kind: 'ask', territories }
  return known.test(plain) || marked.test(text) || livesIn.test(text) ? { kind: 'elsewhere' } : null
}

const begins = (plain: string, name: string): boolean => new RegExp(`(?<!\\p{L})${name}`, 'u').test(plain)

/** Whether a town that people name is one of the centre's territories. */
const isOwn = ({ territories }: Region, town: string): boolean =>
  territories.some(({ called }) => called.some((name) => town.startsWith(name)))
