import { type Checked, checkNames, mustBeMended } from './findings.ts'

const inOrder = (checked: readonly Checked[]): Checked[] =>
  checked.toSorted((a, b) => checkNames.indexOf(a.check) - checkNames.indexOf(b.check))

const marks = { must: '✗', should: '!' } as const

/** One line for each check or finding: ✓ as it should be, ✗ must be mended, ! should be, – not looked at. */
export const doctorLines = (checked: readonly Checked[]): string[] => {
  const width = Math.max(...checkNames.map((name) => name.length))
  return inOrder(checked).flatMap(({ check, findings, skipped }) => {
    const name = check.padEnd(width)
    if (skipped !== undefined) return [`– ${name}  not looked at: ${skipped}`]
    if (findings.length === 0) return [`✓ ${check}`]
    return findings.map(({ severity, code, text }) => `${marks[severity]} ${name}  ${text} [${code}]`)
  })
}

/** The same for a program; `ok` is false where the exit code is 1. */
export const doctorJson = (checked: readonly Checked[]): string =>
  JSON.stringify({ ok: !mustBeMended(checked), checks: inOrder(checked) }, null, 2)
