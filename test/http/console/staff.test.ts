import { describe, expect, test } from 'vitest'
import { photoOf } from '#storage/staff/staff-photos.ts'
import { atDesk } from '#test/support/console.ts'
import { pngOf } from '#test/support/pictures.ts'
import { missing, staffIdOf } from '#test/support/submitted.ts'
import { openWorld, type World } from '#test/support/world.ts'

const open = async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z', inside: true })
  await world.staff('Елена', ['leninsky'], 'supervisor')
  await world.staff('Ирина', ['leninsky'], 'curator')
  await world.staff('Олег', ['leninsky'], 'curator')
  await world.staff('Раиса', ['oktyabrsky'], 'curator')
  await world.staff('Борис', ['oktyabrsky'], 'supervisor')
  const id = async (name: string) => staffIdOf(world, name)
  await administer(world, await id('Елена'))
  return {
    world,
    id,
    desk: await atDesk(world, await id('Елена')),
    other: await atDesk(world, await id('Борис')),
  }
}

/** As `staff administers <id> --on` does. */
const administer = async ({ database }: World, id: string): Promise<void> => {
  await database.prisma.staffMember.update({ where: { id }, data: { administers: true } })
}

const member = ({ database }: World, id: string) =>
  database.prisma.staffMember.findUniqueOrThrow({ where: { id } })

const changesBy = async ({ database }: World, staffId: string) =>
  (await database.prisma.auditEntry.findMany({ where: { staffId, action: 'staff.changed' } })).length

const irina = { name: 'Ирина', role: 'curator', territories: 'leninsky' }
const shownOf = (page: string, of: string) => {
  const [, form = ''] = new RegExp(`<section id="${of}">([\\s\\S]*?)</section>`).exec(page) ?? []
  return (/name="shown" value="([^"]*)"/.exec(form)?.[1] ?? '').replaceAll('&quot;', '"')
}

describe('staff in the console', () => {
  test('an administrator adds somebody, whose link is shown once', async () => {
    const { world, id, desk } = await open()
    const once = crypto.randomUUID()
    const fields = { name: '<b>Пётр</b>', role: 'intake', territories: 'leninsky' }
    const made = await desk.send('/console/staff', fields, { once })
    expect(made.status).toBe(200)
    expect(made.text).toContain('&lt;b&gt;Пётр&lt;/b&gt;')
    expect(made.text).not.toContain('<b>Пётр')
    const [link = ''] = /https:\/\/t\.me\/\w+\?start=s_[\w-]+/.exec(made.text) ?? []
    expect(link).not.toBe('')
    const again = await desk.send('/console/staff', fields, { once })
    expect(again.status).toBe(303)
    const newcomer = await id('<b>Пётр</b>')
    expect(again.headers.get('location')).toBe(`/console/staff/${newcomer}?done=linkShown`)
    expect(await world.database.prisma.staffMember.count({ where: { name: '<b>Пётр</b>' } })).toBe(1)
    expect(await changesBy(world, await id('Елена'))).toBe(1)
    const kept = JSON.stringify(await world.database.prisma.consoleForm.findMany())
    expect(kept).not.toContain('s_')
    // Another link replaces the first one.
    expect((await desk.get(`/console/staff/${newcomer}/link`)).text).toContain('Сделать ссылку')
    const anew = await desk.send(`/console/staff/${newcomer}/link`)
    expect(anew.text).not.toContain(link)
    expect(anew.text).toContain('?start=s_')
  })

  test('who may do what is for administrators, never of oneself; others change load, hours and absences', async () => {
    const { world, id, desk, other } = await open()
    const [raisa, irinaId, elena] = [await id('Раиса'), await id('Ирина'), await id('Елена')]
    const rights = { ...irina, name: 'Раиса', role: 'supervisor', shown: '{}' }
    expect((await other.send(`/console/staff/${raisa}/rights`, rights)).status).toBe(404)
    expect((await other.get('/console/staff/new')).status).toBe(404)
    expect((await other.send('/console/staff', irina)).status).toBe(404)
    expect((await other.get(`/console/staff/${raisa}/leaving`)).status).toBe(404)
    expect((await other.send(`/console/staff/${raisa}/leaving`, { to: 'evenly' })).status).toBe(404)
    expect((await desk.send(`/console/staff/${elena}/rights`, { ...rights, name: 'Лена' })).status).toBe(404)
    expect((await desk.send(`/console/staff/${elena}/leaving`, { to: 'evenly' })).status).toBe(409)
    // Nobody beyond the territories of whoever is no administrator.
    for (const path of ['', '/edit', '/absence', '/link', '/end-access', '/photo'])
      expect((await other.get(`/console/staff/${irinaId}${path}`)).status, path).toBe(404)
    expect(
      (await other.send(`/console/staff/${irinaId}/load`, { capacity: '1', languages: 'ru', shown: '{}' }))
        .status,
    ).toBe(404)
    expect((await other.get('/console/staff')).text).not.toContain('Ирина')
    expect((await desk.get('/console/staff')).text).toContain('Раиса')
    expect((await desk.get(`/console/staff/${missing}`)).status).toBe(404)
    expect(await member(world, raisa)).toMatchObject({ role: 'curator', active: true, revision: 0 })
    const load = {
      capacity: '7',
      languages: 'ru',
      shown: shownOf((await other.get(`/console/staff/${raisa}/edit`)).text, 'load'),
    }
    expect((await other.send(`/console/staff/${raisa}/load`, load)).status).toBe(303)
    expect(await member(world, raisa)).toMatchObject({ capacity: 7, revision: 1 })
    const curator = await atDesk(world, irinaId)
    for (const path of ['/console/staff', `/console/staff/${elena}`, '/console/staff/absences'])
      expect((await curator.get(path)).status).toBe(404)
  })

  test('what two people change at once is merged by field, or shown', async () => {
    const { world, id, desk } = await open()
    const irinaId = await id('Ирина')
    const shown = shownOf((await desk.get(`/console/staff/${irinaId}/edit`)).text, 'rights')
    const change = (data: object) =>
      world.database.prisma.staffMember.update({
        where: { id: irinaId },
        data: { ...data, revision: { increment: 1 } },
      })
    await change({ minorsTrained: true })
    const named = await desk.send(`/console/staff/${irinaId}/rights`, { ...irina, name: 'Ирина П.', shown })
    expect(named.status).toBe(303)
    expect(await member(world, irinaId)).toMatchObject({ name: 'Ирина П.', minorsTrained: true })
    await change({ name: 'Ира' })
    const clash = await desk.send(`/console/staff/${irinaId}/rights`, {
      ...irina,
      name: 'Ириша',
      minorsTrained: 'yes',
      shown,
    })
    expect(clash.status).toBe(422)
    expect(clash.text).toContain('Теперь там: Ира')
    expect(clash.text).toContain('value="Ириша"')
    const resent = { ...irina, name: 'Ириша', minorsTrained: 'yes', shown: shownOf(clash.text, 'rights') }
    expect((await desk.send(`/console/staff/${irinaId}/rights`, resent)).status).toBe(303)
    expect((await member(world, irinaId)).name).toBe('Ириша')
  })

  test('hours have several intervals a day, and what is not understood comes back as it was typed', async () => {
    const { world, id, desk } = await open()
    const irinaId = await id('Ирина')
    const hours = { always: 'no', mon: '9:00–13:00, 14:00–18:00', tue: '10-15', shown: '{}' }
    expect((await desk.send(`/console/staff/${irinaId}/hours`, hours)).status).toBe(303)
    expect((await member(world, irinaId)).dutyHours).toEqual({
      mon: [
        ['09:00', '13:00'],
        ['14:00', '18:00'],
      ],
      tue: ['10:00', '15:00'],
    })
    expect((await desk.get(`/console/staff/${irinaId}`)).text).toContain(
      'пн 9:00–13:00, 14:00–18:00; вт 10:00–15:00',
    )
    const odd = await desk.send(`/console/staff/${irinaId}/hours`, { ...hours, wed: '<i>утром</i>' })
    expect(odd.status).toBe(422)
    expect(odd.text).toContain('Среда: часы непонятны')
    expect(odd.text).toContain('value="&lt;i&gt;утром&lt;/i&gt;"')
    const twice = await desk.send(`/console/staff/${irinaId}/hours`, { ...hours, mon: '9-13, 12-18' })
    expect(twice.text).toContain('накладываются')
  })

  test('an absence is shown with what happens before it is recorded, stands on the month, and ends', async () => {
    const { world, id, desk } = await open()
    const irinaId = await id('Ирина')
    const days = 'from=2026-12-01&until=2026-12-04'
    expect((await desk.get(`/console/staff/${irinaId}/absence?${days}`)).text).toContain(
      'Визитов на эти дни нет',
    )
    expect(
      (await desk.get(`/console/staff/${irinaId}/absence?from=2026-12-04&until=2026-12-01`)).text,
    ).toContain('Так не получится')
    expect(await world.database.prisma.staffAbsence.count()).toBe(0)
    const fields = { from: '2026-12-01', until: '2026-12-04' }
    expect((await desk.send(`/console/staff/${irinaId}/absence`, fields)).status).toBe(303)
    const [absence] = await world.database.prisma.staffAbsence.findMany()
    expect(absence).toMatchObject({
      from: new Date('2026-11-30T21:00:00Z'),
      until: new Date('2026-12-04T21:00:00Z'),
    })
    const month = (await desk.get('/console/staff/absences?month=2026-12')).text
    expect(month.split('>Ирина<').length - 1).toBe(4)
    expect((await desk.get(`/console/staff/${irinaId}`)).text).toContain('1 декабря – 4 декабря')
    await desk.send(`/console/staff/${irinaId}/absences/${absence?.id}/end`)
    expect(await world.database.prisma.staffAbsence.count()).toBe(0)
    expect(await changesBy(world, await id('Елена'))).toBe(2)
  })

  test('leaving shows what is left, asks who takes it, and ends access and consoles', async () => {
    const { world, id, desk } = await open()
    const irinaId = await id('Ирина')
    const theirs = await atDesk(world, irinaId)
    expect((await desk.get(`/console/staff/${irinaId}/leaving`)).text).toContain('0 семей')
    const last = await desk.get(`/console/staff/${irinaId}/leaving?to=evenly`)
    expect(last.text).toContain('Закончить работу')
    expect((await desk.send(`/console/staff/${irinaId}/leaving`, { to: 'evenly' })).status).toBe(303)
    expect(await member(world, irinaId)).toMatchObject({ active: false })
    expect((await theirs.get('/console')).status).toBe(401)
    expect((await desk.get('/console/staff')).text).not.toContain('>Ирина<')
    expect((await desk.get('/console/staff?all=1')).text).toContain('больше не работает')
  })

  test('«выйти везде» ends sessions, and asks for a fresh proof', async () => {
    const { world, id, desk } = await open()
    const olegId = await id('Олег')
    const theirs = await atDesk(world, olegId)
    expect((await desk.send(`/console/staff/${olegId}/end-access`)).status).toBe(303)
    expect((await theirs.get('/console')).status).toBe(401)
    world.clock.set('2026-11-24T07:40:00Z')
    const late = await desk.send(`/console/staff/${olegId}/link`)
    expect(late.status).toBe(403)
    expect(late.text).toContain('Подтвердите, что это вы')
    expect((await member(world, olegId)).personId).not.toBeNull()
  })

  test('a photo is put, replaced and taken away; what is no photo is named, and nobody out of reach has one', async () => {
    const { world, id, desk, other } = await open()
    const irinaId = await id('Ирина')
    const at = `/console/staff/${irinaId}`
    const kept = () => photoOf(world.database, irinaId)
    const put = (image: Uint8Array, by = desk) => by.sendFile(`${at}/photo`, 'photo', image)
    expect((await desk.get(at)).text).toContain('Файл с фото')
    const stored = await put(pngOf(300, 200))
    expect(stored.headers.get('location')).toBe(`${at}?done=staffChanged`)
    const first = (await kept())?.hash
    expect((await desk.get(at)).text).toContain(`src="${at}/photo"`)
    expect((await put(pngOf(200, 300))).status).toBe(303)
    expect((await kept())?.hash).not.toBe(first)
    for (const image of [Buffer.from('не картинка'), pngOf(20, 20), new Uint8Array(500_001)]) {
      const refused = await put(image)
      expect([refused.status, await refused.text()]).toEqual([
        422,
        expect.stringContaining('Такое фото не подходит'),
      ])
    }
    expect((await put(pngOf(300, 200), other)).status).toBe(404)
    expect(await changesBy(world, await id('Елена'))).toBe(2)
    expect((await desk.send(`${at}/photo`, { drop: '1' })).status).toBe(303)
    expect(await kept()).toBeNull()
    world.clock.set('2026-11-24T07:40:00Z')
    expect((await put(pngOf(300, 200))).status).toBe(403)
    expect(await kept()).toBeNull()
  })
})
