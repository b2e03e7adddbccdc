import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'

const run = promisify(execFile)
const root = new URL('../../', import.meta.url).pathname
const modules = join(root, 'node_modules')

/** The generator requires TypeScript 5, which is installed next to the newer one that checks everything else. */
const typescript5 = `import { registerHooks } from 'node:module'
registerHooks({ resolve: (name, context, next) => next(name === 'typescript' ? 'typescript-5' : name, context) })`

/**
 * Generates client types (`schema.ts`) from an OpenAPI document and type-checks files that import them: `sources` by
 * name, each a path or its text. Returns the compiler's errors, one per line.
 */
export const checkClient = async (
  document: object,
  sources: Record<string, URL | string>,
): Promise<string[]> => {
  const dir = await mkdtemp(join(tmpdir(), 'ryadom-client-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  await symlink(modules, join(dir, 'node_modules'))
  await writeFile(join(dir, 'openapi.json'), JSON.stringify(document))
  await writeFile(join(dir, 'package.json'), '{ "type": "module" }')
  await writeFile(join(dir, 'hook.mjs'), typescript5)
  const generator = fileURLToPath(new URL('../bin/cli.js', import.meta.resolve('openapi-typescript')))
  await run(process.execPath, ['--import', './hook.mjs', generator, 'openapi.json', '-o', 'schema.ts'], {
    cwd: dir,
  })
  for (const [name, source] of Object.entries(sources)) {
    if (typeof source === 'string') await writeFile(join(dir, name), source)
    else await cp(source, join(dir, name))
  }
  const settings = { extends: join(root, 'tsconfig.json'), include: ['*.ts'], exclude: [] }
  await writeFile(join(dir, 'tsconfig.json'), JSON.stringify(settings))
  const compiler = join(modules, 'typescript/bin/tsc')
  const checked = run(process.execPath, [compiler, '--noEmit', '--pretty', 'false'], { cwd: dir })
  const { stdout } = await checked.catch((error: { stdout: string }) => error)
  return stdout.split('\n').filter((line) => line !== '')
}
