import { type Reader, readFrom, type Tx } from '#storage/database.ts'

export const scanTypes = ['pdf', 'jpeg', 'png'] as const
export type ScanType = (typeof scanTypes)[number]

export type PaperScan = {
  /** As in `consents.paperId`. */
  id: string
  personId: string
  type: ScanType
  /** Sealed base64 at `paper_scans.content` / id. */
  content: string
  staffId: string | null
  apiKeyId: string | null
  at: Date
}

/** Keeps a scan, unless there is one of this paper. */
export const addScan = async (tx: Tx, scan: PaperScan): Promise<void> => {
  await tx.paperScan.createMany({ data: [scan], skipDuplicates: true })
}

export const findScan = async (reader: Reader, id: string): Promise<PaperScan | null> => {
  const row = await readFrom(reader).paperScan.findUnique({ where: { id } })
  return row && { ...row, type: row.type as ScanType }
}

/** Which of these papers have a scan. */
export const scannedPapers = async (reader: Reader, ids: readonly string[]): Promise<Set<string>> => {
  const where = { id: { in: [...ids] } }
  const rows = await readFrom(reader).paperScan.findMany({ where, select: { id: true } })
  return new Set(rows.map(({ id }) => id))
}

export const authorityPapers = [
  'birth-certificate',
  'adoption',
  'guardianship',
  'court-decision',
  'power-of-attorney',
  'other',
] as const
export type AuthorityPaper = (typeof authorityPapers)[number]

export type RepresentativeCheck = {
  id: string
  personId: string
  paper: AuthorityPaper
  /** Sealed at `representative_checks.details` / id: number and issuer. */
  details: string | null
  seenOn: Date
  staffId: string | null
  apiKeyId: string | null
  at: Date
}

export const addRepresentativeCheck = async (tx: Tx, check: RepresentativeCheck): Promise<void> => {
  await tx.representativeCheck.create({ data: check })
}

/** Of these people, the latest first. */
export const representativeChecksOf = async (
  reader: Reader,
  personIds: readonly string[],
): Promise<RepresentativeCheck[]> => {
  const rows = await readFrom(reader).representativeCheck.findMany({
    where: { personId: { in: [...personIds] } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  })
  return rows.map((row) => ({ ...row, paper: row.paper as AuthorityPaper }))
}
