import { expect } from 'vitest'
import { type ApiClient, keyOf } from './api.ts'
import type { Chat } from './chat.ts'
import { staffIdOf } from './submitted.ts'
import { openWorld, type World, type WorldOptions } from './world.ts'

type Role = 'parent' | 'representative' | 'minor'
type Link = { member: { id: string }; link: string }

export type FamilyWorld = {
  world: World
  key: ApiClient
  /** The curator's phone, and their id. */
  curator: Chat
  curatorId: string
  supervisor: Chat
  /** `/families/{id}` */
  path: string
  familyId: string
  /** Adds a member who has joined with the one-time link and given consent. */
  member(role: Role, name: string, of?: string): Promise<Chat & { memberId: string }>
  /** Adds another family of the same curator; returns its path. */
  another(): Promise<string>
}

/** Adds a member to a family and opens the link on a phone, up to the consent screen. */
export const openLink = async (chat: Chat, link: string): Promise<void> =>
  chat.start(new URL(link).searchParams.get('start') ?? '')

/** A family in Leninsky district on a Wednesday at 10:00, its curator Ирина and a supervisor; no member has joined. */
export const openWithFamily = async (options: WorldOptions = {}): Promise<FamilyWorld> => {
  const world = await openWorld({ at: '2026-11-25T07:00:00Z', ...options })
  const curator = await world.staff('Ирина', ['leninsky'], 'curator')
  const supervisor = await world.staff('Елена', ['leninsky'], 'supervisor')
  const key = await keyOf(world)
  const curatorId = await staffIdOf(world, 'Ирина')
  const create = async () => {
    const body = { territory: 'leninsky', curatorId, level: 'crisis', stage: 'activities' }
    const made = await key.post('/families', body)
    expect(made).toMatchObject({ status: 201 })
    // Curators are told, which must not come in the middle of what they do next.
    const { id, number } = made.body as { id: string; number: number }
    await expect
      .poll(() => curator.allText(), { timeout: 30_000 })
      .toMatch(new RegExp(`семью № ${number}|family No. ${number}`))
    return `/families/${id}`
  }
  const path = await create()
  return {
    world,
    key,
    curator,
    curatorId,
    supervisor,
    path,
    familyId: path.slice('/families/'.length),
    member: async (role, name, of = path) => {
      const added = await key.post(`${of}/members`, { role, name })
      expect(added).toMatchObject({ status: 201 })
      const { member, link } = added.body as Link
      const chat = world.person({ firstName: name })
      await openLink(chat, link)
      await chat.tap(role === 'minor' ? 'Да, разрешаю' : 'Даю согласие')
      return { ...chat, memberId: member.id }
    },
    another: create,
  }
}
