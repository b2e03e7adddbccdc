/** Of all regions; which of them a region has is below. */
export const documentCodes = [
  'application',
  'survey-act',
  'consilium-protocol',
  'decision-extract',
  'ipss',
  'contract',
  'visit-act',
  'first-documents',
  'primary-diagnosis',
  'final-diagnosis',
  'analysis',
  'conclusion',
  'case-file',
  'individual-programme',
  'transfer',
  'service-programme',
] as const

/** A document of the case that a region's text names. Making it is the centre's work: the product keeps its dates. */
export type DocumentRule = {
  /** The names are texts, `documents.names.<code>`. */
  code: (typeof documentCodes)[number]
  clause: string
  /** Who gets a copy: the family, or nobody by the text. */
  copy?: 'family'
  /** Part of the personal file: listed while it is missing. */
  file?: true
}

/** By region, in the order in which a case comes to them. */
const documents: Readonly<Record<string, readonly DocumentRule[]>> = {
  stavropol: [
    { code: 'application', clause: '6.3 (2), 6.17', file: true },
    { code: 'survey-act', clause: '6.6, 6.17', file: true },
    { code: 'consilium-protocol', clause: '6.7' },
    { code: 'decision-extract', clause: '6.8, 6.17', file: true },
    { code: 'ipss', clause: '6.14, 6.17', copy: 'family', file: true },
    { code: 'contract', clause: '6.16, 6.17', file: true },
    { code: 'visit-act', clause: '6.15.2' },
    { code: 'final-diagnosis', clause: '6.15.5' },
    { code: 'analysis', clause: '6.19' },
    { code: 'conclusion', clause: '6.20' },
  ],
  nyagan: [
    { code: 'application', clause: 'algorithm 1' },
    { code: 'survey-act', clause: 'algorithm 2' },
    { code: 'ipss', clause: 'algorithm 3' },
    { code: 'contract', clause: 'algorithm 5' },
    { code: 'analysis', clause: 'algorithm 7' },
  ],
  chelyabinsk: [
    { code: 'first-documents', clause: '3.2' },
    { code: 'contract', clause: '3.2.1' },
    { code: 'primary-diagnosis', clause: '3.2.1' },
    { code: 'ipss', clause: '3.2.1, 3.3' },
    { code: 'final-diagnosis', clause: '3.2.1, 3.5' },
    { code: 'analysis', clause: '3.4, 3.5' },
    // «Оформляет и ведет личное дело»: of which documents it consists is not said.
    { code: 'case-file', clause: '3.2.1' },
  ],
  novgorod: [
    { code: 'application', clause: '3.4' },
    { code: 'individual-programme', clause: '3.5' },
    { code: 'contract', clause: '3.5' },
    { code: 'survey-act', clause: '3.5.1' },
    { code: 'ipss', clause: '3.5.2' },
    { code: 'final-diagnosis', clause: '3.5.4' },
    { code: 'conclusion', clause: '3.7' },
    { code: 'transfer', clause: '3.5.4' },
  ],
  crimea: [
    { code: 'contract', clause: '4' },
    { code: 'service-programme', clause: '8, 9 (9)' },
  ],
}

/** A region of a file has the documents of the product's default. */
export const documentsOf = (region: string): readonly DocumentRule[] =>
  documents[region] ?? documents.stavropol ?? []
