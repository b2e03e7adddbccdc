/** A one-time link, as commands print it. */
export const linkLines = ({ link, expiresAt }: { link: string; expiresAt: Date }): string[] => [
  `One-time link, valid until ${expiresAt.toISOString()}:`,
  link,
]
