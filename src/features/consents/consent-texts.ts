import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '#core/ids.ts'
import { type Address, addresses, type Language, languages } from '#core/text.ts'
import type { OwnRegion } from '#regions/region-file.ts'
import type { Signing } from './consent-pdf.ts'
import { type ConsentKind, type ConsentText, consentKinds, type Medium } from './consent-text.ts'

/** The operator of personal data, as the texts name it. */
export type Organisation = { name: string; address: string; contact: string }

export type Consents = {
  /** The text of one consent for one reader. */
  text<Kind extends ConsentKind>(kind: Kind, language: Language, address: Address): ConsentText<Kind>
  /** The same as it is signed: what it says of how one agrees, its version and its hash are of paper. */
  paper<Kind extends ConsentKind>(kind: Kind, language: Language, address: Address): ConsentText<Kind>
  /** The texts of both languages and addresses, as they are now. */
  all(): KnownText[]
  /** The same as an A4 PDF; deterministic. */
  document(text: ConsentText): Promise<Uint8Array>
  /** The same to be signed. */
  toSign(text: ConsentText, signing: Signing): Promise<Uint8Array>
}

type KnownText = ConsentText & { address: Address; medium: Medium }

/**
 * Reads and fills all texts of `<dir>/<language>/consents/` at once, so that a missing file, version or
 * placeholder fails at startup. Errors name the file.
 */
export const loadConsents = (
  dir: string,
  operator: Organisation & { region: string; ownRegion?: OwnRegion | undefined },
): Consents => {
  const texts = new Map<string, KnownText[]>()
  // About a dozen PDFs of 30 kB each, cached because drawing loads whole fonts.
  const documents = new Map<string, Promise<Uint8Array>>()
  for (const language of languages) {
    const values = {
      organisation: operator.name,
      address: operator.address,
      contact: operator.contact,
      ...regionWords(dir, language, operator),
    }
    for (const kind of consentKinds) {
      for (const address of addresses) {
        const file = join(dir, language, 'consents', `${kind}${address === 'minor' ? '.minor' : ''}.md`)
        const wordings = fill(file, values).map((one) => ({ kind, language, address, ...one }))
        texts.set(keyOf(kind, language, address), wordings)
      }
    }
  }
  const wordingFor = <Kind extends ConsentKind>(
    medium: Medium,
    ...[kind, language, address]: [Kind, Language, Address]
  ): ConsentText<Kind> => {
    const known = texts.get(keyOf(kind, language, address)) ?? []
    const text = known.find((one) => one.medium === medium || one.medium === 'both')
    if (!text) throw new Error(`No consent ${keyOf(kind, language, address)}`)
    return { ...text, kind }
  }
  return {
    all: () => [...texts.values()].flat(),
    text: (kind, language, address) => wordingFor('bot', kind, language, address),
    paper: (kind, language, address) => wordingFor('paper', kind, language, address),
    document: (text) => {
      const drawn = documents.get(text.hash) ?? draw(text)
      documents.set(text.hash, drawn)
      return drawn
    },
    toSign: (text, signing) => draw(text, signing),
  }
}

/** Loaded lazily: the PDF engine is heavy, and most people read only the card. */
const draw = async (text: ConsentText, signing?: Signing) =>
  (await import('./consent-pdf.ts')).consentDocument(text, signing)

const keyOf = (kind: ConsentKind, language: Language, address: Address) => `${language}/${kind}/${address}`

/** The region's name, and what it calls the plan. */
const regionWords = (
  dir: string,
  language: Language,
  { region, ownRegion }: { region: string; ownRegion?: OwnRegion | undefined },
): { region: string; plan: string } => {
  const regions = JSON.parse(readFileSync(join(dir, language, 'regions.json'), 'utf8'))
  const { name, forms } = ownRegion?.words[language] ?? regions[region]
  return { region: name, plan: (forms?.plan ?? regions.shared.forms.plan).nom }
}

/** The day of a wording; `paper`: the day of that which is signed, where it has parts of its own. Then a title and the text. */
const form = /^version: (\d{4}-\d{2}-\d{2})\n(?:paper: (\d{4}-\d{2}-\d{2})\n)?\n*(# (.+)\n[\s\S]+)$/
/** A part that is another one on paper. */
const parts = /\{\{bot\}\}\n([\s\S]+?)\n\{\{paper\}\}\n([\s\S]+?)\n\{\{end\}\}/g

type Filled = Pick<ConsentText, 'version' | 'title' | 'markdown' | 'hash'> & { medium: Medium }

const fill = (file: string, values: Record<string, string>): Filled[] => {
  const [, version, paper, template, title] = form.exec(readFileSync(file, 'utf8')) ?? []
  if (!version || !template || !title)
    throw new Error(`${file}: expected «version: 2026-11-22», then «# title» and text`)
  const filled = (medium: Medium, day: string, text: string): Filled => {
    const markdown = text.trim().replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const value = values[name]
      if (!value) throw new Error(`${file}: nothing to put for {{${name}}}`)
      return literal(value)
    })
    return { medium, version: day, title, markdown, hash: sha256(markdown) }
  }
  if (paper === undefined) return [filled('both', version, template)]
  // Who signs the newer one is not asked again, so that it must say all that the one of the bot says.
  if (paper < version) throw new Error(`${file}: what is signed is older than what is agreed to in the bot`)
  return [
    filled('bot', version, template.replace(parts, '$1')),
    filled('paper', paper, template.replace(parts, '$2')),
  ]
}

/** Escapes Markdown in values: a name such as «Центр *Семья*» is plain text. */
const literal = (value: string) => value.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#~|]/g, '\\$&')
