import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { region } from '#regions/index.ts'
import { ConfigError, readConfig, regionOf } from '#src/config.ts'
import { runCli } from '#test/support/cli.ts'
import { ownRegionFile, writeRegionFile } from '#test/support/own-region.ts'

const dir = mkdtempSync(join(tmpdir(), 'ryadom-region-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const problems = (content: unknown, more: Record<string, string> = {}): readonly string[] => {
  try {
    readConfig({ REGION_FILE: writeRegionFile(dir, content), ...more })
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

describe('a region of a file', () => {
  test('has the rules of the file, and where it is silent the default', () => {
    const rules = regionOf(readConfig({ REGION_FILE: writeRegionFile(dir, ownRegionFile()) }))
    expect(rules).toMatchObject({
      code: 'ozyorsk',
      nextStep: { value: { days: 7 }, source: { clause: '2.4' } },
      deadlines: { contract: { source: 'default' } },
      daysOff: { everyYear: [{ day: '12-01' }] },
    })
    expect(rules.visitCadence).toEqual(region('novgorod').visitCadence)
  })

  test('names every mistake with its place, all at once', () => {
    const file = ownRegionFile()
    const broken = {
      ...file,
      rules: {
        ...file.rules,
        code: 'crimea',
        helpKinds: ['medical', 'magic'],
        deadlines: { ipss: { days: 0, dayKind: 'working', from: 'contract' } },
        colour: 'red',
      },
      territories: [],
      words: { ru: { ...file.words.ru, terms: { plan: 'план' }, steps: undefined }, en: 'none' },
    }
    expect(problems(broken)).toEqual([
      'REGION_FILE #/rules/code: is the name of a region of the product',
      expect.stringMatching(/^REGION_FILE #\/rules\/helpKinds\/1: must be one of: medical, psychological/),
      expect.stringMatching(
        /^REGION_FILE #\/rules\/deadlines\/ipss\/days: must not be empty, or is too small/,
      ),
      'REGION_FILE #/rules/deadlines/ipss/clause: is missing (string)',
      'REGION_FILE #/rules: has fields that mean nothing here: «colour»',
      'REGION_FILE #/territories: must not be empty, or is too small',
      'REGION_FILE #/words/ru/terms/decider: is missing (string)',
      'REGION_FILE #/words/ru/terms/deciderFirst: is missing (string)',
      'REGION_FILE #/words/ru/steps: is missing (record)',
      'REGION_FILE #/words/en: must be: object',
    ])
  })

  test('names what leads nowhere: stages, events, time zones, words', () => {
    const file = ownRegionFile()
    const { need: _, ...stages } = file.words.ru.stages
    const broken = {
      ...file,
      rules: {
        ...file.rules,
        timeZone: 'Europe/Atlantis',
        stages: [...file.rules.stages, 'need'],
        stageDeadlines: { plan: ['ipss'] },
        stageEvents: {},
      },
      words: {
        ru: { ...file.words.ru, stages },
        en: { ...file.words.en, steps: { ...file.words.en.steps, need: 'x'.repeat(41) } },
      },
    }
    expect(problems(broken)).toEqual([
      'REGION_FILE #/rules/timeZone: no such time zone, e.g. Europe/Moscow',
      'REGION_FILE #/rules/stages/8: «need» stands twice',
      expect.stringMatching(/^REGION_FILE #\/rules\/stageDeadlines\/plan: «plan» is none of the stages/),
      'REGION_FILE #/rules/deadlines/ipss/from: no stage of stageEvents is «contract»',
      expect.stringMatching(/^REGION_FILE #\/words\/ru\/stages\/need: is missing/),
      'REGION_FILE #/words/en/steps/need: must have at most 40 characters',
    ])
  })

  test('is refused beside REGION, when it is no JSON, and when it is not there', () => {
    expect(problems(ownRegionFile(), { REGION: 'crimea' })).toEqual([
      expect.stringMatching(/^REGION stands beside REGION_FILE/),
    ])
    const path = join(dir, 'no.json')
    writeFileSync(path, '{ "rules": ')
    expect(() => readConfig({ REGION_FILE: path })).toThrow(/^REGION_FILE #: is no JSON/)
    expect(() => readConfig({ REGION_FILE: join(dir, 'none') })).toThrow('the file cannot be read')
  })

  test('the doctor shows its mistakes', async () => {
    const path = writeRegionFile(dir, { ...ownRegionFile(), territories: [] })
    const { code, out } = await runCli(dir, ['doctor'], { REGION_FILE: path })
    expect([code, out]).toEqual([1, expect.stringMatching(/REGION_FILE #\/territories: must not be empty/)])
  }, 60_000)
})
