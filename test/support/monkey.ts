import type { ChatMessage } from '#sandbox/telegram/state.ts'
import type { Chat } from './chat.ts'
import type { Dice } from './dice.ts'

type Button = { text: string; data: string; on: number }

const words = [
  'Ольга',
  'село Донское',
  'Сын не выходит из комнаты.',
  'Так решили вместе',
  '12.03.2012',
  '01.02.2019',
  '5 мая 1980',
  '31.02.2012',
  '2014, 2018',
  '2014 и никогда',
  '8 (912) 345-67-89',
  '+1 202 555 0123',
  '<b>жирно</b> & _косо_ `{{name}}` %s $1',
  '👩‍👧‍👦'.repeat(60),
  'много '.repeat(500),
  '__proto__',
] as const

const commands = [
  '/start',
  '/menu',
  '/help',
  '/language',
  '/cancel',
  '/status',
  '/queue',
  '/nonsense',
] as const

/** Buttons that leave the card: tapped too often, the questionnaire would never be completed. */
const away = /\.(back|hide|home|help|language|sos|here|full|refuse|no|yes|withdraw|(fears|tonight)[a-z-]*)\./

/**
 * Taps and types at random, mostly on what the bot currently shows. Remembers every button ever seen, because a tap
 * may be late, or come from a phone whose chat has not been redrawn yet.
 */
export const createMonkey = (chat: Chat, dice: Dice) => {
  const { telegram, id } = chat
  const seen: Button[] = []
  let waiting = 0

  const buttonsOf = ({ message_id, reply_markup }: ChatMessage): Button[] =>
    (reply_markup?.inline_keyboard.flat() ?? []).flatMap((button) =>
      'callback_data' in button ? [{ text: button.text, data: button.callback_data, on: message_id }] : [],
    )

  const tap = (button: Button | undefined) => {
    if (button) {
      waiting += 1
      void telegram.tap(id, button.on, button.data).then((answer) => {
        if (answer !== 'expired') waiting -= 1
      })
    }
    return button && `tap «${button.text}» (${button.data}) on ${button.on}`
  }

  const look = (): Button[][] => {
    const shown = telegram
      .chat(id, 12)
      .filter(({ by }) => by === 'bot')
      .map(buttonsOf)
      .filter((buttons) => buttons.length > 0)
    seen.push(
      ...shown.flat().filter((one) => !seen.some(({ on, data }) => on === one.on && data === one.data)),
    )
    seen.splice(0, Math.max(0, seen.length - 200))
    return shown
  }

  const tapNewest = (shown: Button[][]) => {
    const newest = shown.at(-1) ?? []
    const onward = newest.filter(({ data }) => !away.test(data))
    // The button that continues is the last one, below the options.
    if (dice.chance(0.3)) return tap(onward.at(-1) ?? newest[0])
    return tap(dice.pick(onward.length > 0 && dice.chance(0.9) ? onward : newest))
  }

  const say = (text: string) => {
    telegram.sendText(id, text)
    return `say ${text.slice(0, 30)}`
  }

  const send = () =>
    dice.oneOf([
      [3, () => telegram.shareContact(id)],
      [1, () => telegram.shareContact(id, { firstName: 'Пётр', phone: '+79005554433', other: true })],
      [1, () => telegram.sendSticker(id)],
      [1, () => telegram.sendVoice(id)],
      [1, () => telegram.sendPhoto(id)],
      [1, () => telegram.forward(id, 'чужое')],
    ])

  /** The chat is hidden: one line that gives nothing away is the newest. */
  const hidden = () => {
    const { text = '' } = telegram.chat(id, 12).findLast(({ by }) => by === 'bot') ?? {}
    return /^(Здесь пока ничего нет|There is nothing here yet)\.$/.test(text)
  }

  return {
    chat,
    hidden,
    /** Taps without a response. */
    unanswered: () => waiting,
    /** Takes one step and returns its description, for failure messages. */
    act: () =>
      dice.oneOf<string | undefined>([
        [hidden() ? 60 : 0, () => say('погода')],
        [60, () => tapNewest(look())],
        [5, () => tap(dice.pick(look().flat()))],
        [5, () => tap(dice.pick(seen))],
        [20, () => say(dice.pick(words) ?? '')],
        [4, () => say(dice.pick(commands) ?? '')],
        [6, () => `send ${Object.keys(send()).at(-1)}`],
      ]),
  }
}
