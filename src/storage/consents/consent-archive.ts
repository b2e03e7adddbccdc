import type { Address, Language } from '#core/text.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** A wording as it stood. */
export type ArchivedText = {
  /** SHA-256 (hex) of `markdown`. */
  hash: string
  kind: string
  language: Language
  address: Address
  /** Where it is agreed to. */
  medium: 'bot' | 'paper' | 'both'
  /** The day on which it took effect, ISO. */
  version: string
  title: string
  markdown: string
}

/** With the moment at which this centre first had it. */
export type KeptText = ArchivedText & { at: Date }

const toKept = (
  row: Record<'language' | 'address' | 'medium', string> & Omit<KeptText, 'language' | 'address' | 'medium'>,
): KeptText => ({
  ...row,
  language: row.language as Language,
  address: row.address as Address,
  medium: row.medium as KeptText['medium'],
})

/** Keeps wordings that are not there yet. */
export const archiveTexts = async (tx: Tx, texts: readonly ArchivedText[], now: Date): Promise<void> => {
  const data = texts.map((text) => ({ ...text, at: now }))
  await tx.consentText.createMany({ data, skipDuplicates: true })
}

/** The wordings of these hashes that are kept, by hash. */
export const archivedTexts = async (
  reader: Reader,
  hashes: readonly string[],
): Promise<Map<string, KeptText>> => {
  const rows = await readFrom(reader).consentText.findMany({ where: { hash: { in: [...hashes] } } })
  return new Map(rows.map((row) => [row.hash, toKept(row)]))
}

/** All wordings of one text that could be signed, by the day on which they took effect, oldest first. */
export const signedWordingsOf = async (
  reader: Reader,
  { kind, language, address }: Pick<ArchivedText, 'kind' | 'language' | 'address'>,
): Promise<KeptText[]> => {
  const rows = await readFrom(reader).consentText.findMany({
    where: { kind, language, address, medium: { not: 'bot' } },
    orderBy: [{ version: 'asc' }, { at: 'asc' }],
  })
  return rows.map(toKept)
}
