import readWorkbook from 'read-excel-file/node'
import { expect, test, vi } from 'vitest'
import { findSurvey } from '#storage/surveys/surveys.ts'
import { atDesk } from '#test/support/console.ts'
import { auditOf, openResults, playAnswers, visitor, writeWords } from '#test/support/results-page.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { keepSurveys } from '#test/support/surveys.ts'

const parts = ['', '/questions', '/questions?page=2', '/groups']

/** The pages of the results, one after the other; each is small. */
const allParts = async ({ get }: Pick<ReturnType<typeof visitor>, 'get'>) => {
  const pages = []
  for (const part of parts) pages.push(await get(`/console/surveys${part}`))
  for (const { status, bytes } of pages) {
    expect(status).toBe(200)
    expect(bytes.length).toBeLessThan(60_000)
  }
  return { text: pages.map(({ text }) => text).join('\n') }
}

test('a supervisor sees their own territories, figures of five families, and masked texts', async () => {
  const { world, curatorId, supervisorId, member } = await openResults()
  await playAnswers(world, curatorId)
  const olga = await member('parent', 'Ольга')
  const said = 'Ольга и Ирине звонили: +7 918 123-45-67, ул. Мира, 5. <b>Спасибо</b>'
  await writeWords(world, { memberId: olga.memberId, text: said, contact: true })
  const browser = await atDesk(world, supervisorId)
  const page = await allParts(browser)
  expect(page.text).toContain('[имя] и [имя] звонили: [телефон], [адрес]. &lt;b&gt;Спасибо&lt;/b&gt;')
  expect(page.text).toMatch(/Можно связаться: семья № \d+/)
  expect(page.text).not.toMatch(/Ольга|900 111|oktyabrsky|Октябрьский район/)
  expect(page.text.match(/<svg role="img"/g)?.length).toBeGreaterThan(5)
  expect(page.text.match(/<table>/g)?.length).toBe(page.text.match(/<svg role="img"/g)?.length)
  expect(page.text).toContain('мало ответов')
  expect(await auditOf(world, supervisorId)).toEqual(['console.entered', 'surveys.answers'])

  const elsewhere = await world.staff('Марк', ['shpakovsky'], 'supervisor')
  expect(elsewhere.id).toBeGreaterThan(0)
  const theirs = await atDesk(world, await staffIdOf(world, 'Марк'))
  const empty = await allParts(theirs)
  expect(empty.text).toContain('Пока мало ответов')
  expect(empty.text).not.toMatch(/<svg|звонили|Ленинский/)
  expect(await auditOf(world, await staffIdOf(world, 'Марк'))).toEqual(['console.entered'])
})

test('texts open in a process that has not met their keys', async () => {
  const { world, curatorId, supervisorId, member } = await openResults()
  await playAnswers(world, curatorId)
  const { memberId } = await member('parent', 'Ольга')
  await writeWords(world, { memberId, text: 'Спасибо за визит' })
  const browser = await atDesk(world, supervisorId)
  // Whatever was read so far is so old that it is read again.
  const later = performance.now() + 60_000
  const time = vi.spyOn(performance, 'now').mockImplementation(() => later)
  try {
    const page = await browser.get('/console/surveys')
    expect([page.status, page.text.includes('Спасибо за визит')]).toEqual([200, true])
  } finally {
    time.mockRestore()
  }
})

test('downloads match the page, are never evaluated as formulas, and are audited', async () => {
  const { world, curatorId, supervisorId, member } = await openResults()
  await playAnswers(world, curatorId)
  const olga = await member('parent', 'Ольга')
  const formulas = [
    '=HYPERLINK("http://evil.example";"x")',
    '+1+1',
    '-2+3',
    '@x(1)',
    '\t=1',
    'тихо; "мирно"\nи всё',
  ]
  for (const text of formulas) await writeWords(world, { memberId: olga.memberId, text })
  const browser = await atDesk(world, supervisorId)

  const words = await browser.get('/console/surveys/files/comments.csv')
  expect(words.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''slova-after-visit.csv")
  expect([...words.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const lines = words.text.split('\r\n')
  expect(lines[0]).toBe('\ufeffНеделя с;Вопрос;Территория;Слова;Семья №')
  for (const line of lines.slice(1)) expect(line).not.toMatch(/(?:^|;)"?[=+@-]/)
  expect(words.text).toContain(`;"'=HYPERLINK(""[ссылка]"";""x"")";`)
  expect(words.text).toContain('"тихо; ""мирно""\nи всё"')
  expect(words.text).not.toMatch(/Ольга|900 111/)

  const figures = await browser.get('/console/surveys/files/figures.csv')
  expect(figures.text.split('\r\n')[0]).toBe(
    '\ufeffРаздел;Вопрос;Версия;Группа;Что;Сколько;Значение;От (95 %);До (95 %)',
  )
  expect(figures.text).toMatch(
    /Ответы;В этот визит мы вам помогли\?;1;;5 · Очень помогли;\d+;0,\d{3};0,\d{3};0,\d{3}/,
  )
  expect(figures.text).toContain('мало ответов')

  const book = await browser.get('/console/surveys/files/comments.xlsx')
  expect(book.headers.get('content-type')).toContain('spreadsheetml')
  const [sheet] = await readWorkbook(book.bytes)
  const cells = sheet?.data.slice(1).map((row) => row[3]) ?? []
  expect(cells).toEqual(expect.arrayContaining(['+1+1', '@x(1)']))
  expect(book.bytes.includes('<f>')).toBe(false)
  const whole = await browser.get('/console/surveys/files/figures.xlsx')
  const rows = (await readWorkbook(whole.bytes))[0]?.data ?? []
  expect(rows).toHaveLength(figures.text.split('\r\n').length - 1)
  expect((await browser.get('/console/surveys/files/other.csv')).status).toBe(404)
  expect(await auditOf(world, supervisorId)).toEqual(['console.entered', ...Array(4).fill('surveys.export')])
})

test('the page is in the language of the supervisor', async () => {
  const { world, curatorId, supervisor, supervisorId } = await openResults()
  await playAnswers(world, curatorId)
  const { personId } = await world.database.prisma.staffMember.findUniqueOrThrow({
    where: { id: supervisorId },
  })
  await world.database.prisma.person.update({ where: { id: personId ?? '' }, data: { language: 'en' } })
  expect(supervisor.id).toBeGreaterThan(0)
  const page = await (await atDesk(world, supervisorId)).get('/console/surveys')
  expect(page.text).toContain('<html lang="en">')
  expect(page.text).toContain('In their own words')
  const link = await visitor(world).get('/console/enter/x', { 'accept-language': 'en-GB' })
  expect(link.text).toContain('There is nothing here')
})

test('groups are compared by the chosen question, and a version shows only its own questions', async () => {
  const { world, curatorId, supervisorId } = await openResults()
  await playAnswers(world, curatorId)
  const kept = await findSurvey(world.database, { code: 'after-visit', version: 1 })
  if (!kept) throw new Error('no survey')
  const [first, ...others] = kept.survey.questions
  if (!first) throw new Error('no questions')
  const another = { ...first, since: 2, words: { ru: { adult: 'Визит был полезен?' } } }
  await keepSurveys(world, { ...kept.survey, version: 2, questions: [another, ...others] })
  const browser = await atDesk(world, supervisorId)

  const all = await allParts(browser)
  expect(all.text).toContain('Визит был полезен?')
  expect(all.text).toContain('Прежняя формулировка, версия 1')
  expect(all.text).toContain('Вопрос: «С вами говорили уважительно?»')
  await browser.send('/console/surveys', { survey: 'after-visit', version: '1', compare: 'helped' })
  const old = await allParts(browser)
  expect(old.text).toContain('<option value="1" selected>Версия 1</option>')
  expect(old.text).not.toMatch(/Визит был полезен|Прежняя формулировка/)
  expect(old.text).toContain('Вопрос: «В этот визит мы вам помогли?»')
})
