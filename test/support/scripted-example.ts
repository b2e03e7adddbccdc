import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A step of an example in Markdown: a file that is added, or lines of a file that are replaced. */
export type Step = { path: string } & ({ text: string } | { replaced: { from: string; to: string }[] })

const fence = /^```(\w+) (new )?([\w./-]+)\n([\s\S]*?)^```$/gm

/** Fences that name a path: `ts new <path>` holds a whole file, `diff <path>` holds blocks of `-` and `+` lines. */
export const stepsOf = (markdown: string): Step[] =>
  [...markdown.matchAll(fence)].map(([, , isNew, path = '', body = '']) =>
    isNew ? { path, text: body } : { path, replaced: blocksOf(body) },
  )

const blocksOf = (body: string) =>
  [...body.matchAll(/((?:^-.*\n)+)((?:^\+.*\n)+)/gm)].map(([, from = '', to = '']) => ({
    from: from.replace(/^-/gm, ''),
    to: to.replace(/^\+/gm, ''),
  }))

/** Copies the repository as git would have it, with what is installed here linked into it. */
export const copyRepository = (root: string, copy: string): void => {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  const needed = /^(?:src|test|locales|prisma|bench)\/|^[^/]*\.(?:json|ts)$/
  for (const path of listed.split('\n').filter((one) => needed.test(one))) {
    mkdirSync(join(copy, dirname(path)), { recursive: true })
    cpSync(join(root, path), join(copy, path))
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  cpSync(join(root, 'src/generated'), join(copy, 'src/generated'), { recursive: true })
}

/** Throws when a block is not found exactly once. */
export const applyStep = (copy: string, step: Step): void => {
  const file = join(copy, step.path)
  if ('text' in step) {
    writeFileSync(file, step.text)
    return
  }
  let text = readFileSync(file, 'utf8')
  for (const { from, to } of step.replaced) {
    if (text.split(from).length !== 2) throw new Error(`${step.path}: not found once: ${from}`)
    text = text.replace(from, () => to)
  }
  writeFileSync(file, text)
}
