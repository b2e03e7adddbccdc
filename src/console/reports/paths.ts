const base = '/console/reports'

/** Addresses of the reports; what of it is shown stands in the query, codes and days only. */
export const reportPaths = {
  list: base,
  quarter: (period: string, choice?: string) =>
    `${base}/quarter/${period}${choice === undefined ? '' : `?choice=${choice}`}`,
  row: (period: string, row: string, choice: string) =>
    `${base}/quarter/${period}/rows/${row}?choice=${choice}`,
  handIn: (period: string, choice: string) => `${base}/quarter/${period}/hand-in?choice=${choice}`,
  file: (period: string, kind: string, choice: string) =>
    `${base}/quarter/${period}/file/${kind}?choice=${choice}`,
  register: (code: string, { from, until }: { from: string; until: string }) =>
    `${base}/registers/${code}?from=${from}&until=${until}`,
  registerFile: (code: string, kind: string, { from, until }: { from: string; until: string }) =>
    `${base}/registers/${code}/file/${kind}?from=${from}&until=${until}`,
  figure: (
    code: string,
    { from, until, row, column }: { from: string; until: string; row: string; column: string },
  ) => `${base}/registers/${code}/families?from=${from}&until=${until}&row=${row}&column=${column}`,
} as const
