import { describe, expect, test } from 'vitest'
import { readFormatted } from '#sandbox/telegram/entities/read.ts'

const html = (text: string) => {
  const read = readFormatted({ text, parseMode: 'HTML' })
  return [
    read.text,
    ...read.entities.map(({ type, offset, length, ...rest }) => [
      type,
      read.text.slice(offset, offset + length),
      ...Object.values(rest),
    ]),
  ]
}

describe('HTML as Telegram parses it', () => {
  test.each<[string, unknown[]]>([
    ['<b>a</b> <i>b</i>', ['a b', ['bold', 'a'], ['italic', 'b']]],
    ['<b>a<i>b</i></b>', ['ab', ['bold', 'ab'], ['italic', 'b']]],
    ['🙂<b>я</b>', ['🙂я', ['bold', 'я']]],
    ['a &lt;b&gt; &amp; &quot;c&quot; &#39; &#x42f;', ['a <b> & "c" \' Я']],
    ['a & b &unknown; c', ['a & b &unknown; c']],
    ['<a href="https://x.ru/?a=1&amp;b=2">x</a>', ['x', ['text_link', 'x', 'https://x.ru/?a=1&b=2']]],
    ['<a href="tel:112">112</a>', ['112']],
    ["<a href='x.ru'>x</a>", ['x', ['text_link', 'x', 'http://x.ru']]],
    ['<pre><code class="language-ts">a</code></pre>', ['a', ['pre', 'a', 'ts']]],
    ['<span class="tg-spoiler">a</span>', ['a', ['spoiler', 'a']]],
    ['<blockquote expandable>a</blockquote>', ['a', ['expandable_blockquote', 'a']]],
    ['  <b> a </b>  ', ['a', ['bold', 'a']]],
    ['<code>/start https://x.ru</code>', ['/start https://x.ru', ['code', '/start https://x.ru']]],
  ])('%s', (source, shown) => expect(html(source)).toEqual(shown))
})

test.each<[string, [string, string][]]>([
  ['Звоните 8-800-2000-122 или 112', [['phone_number', '8-800-2000-122']]],
  ['+7 (900) 111-22-33', [['phone_number', '+7 (900) 111-22-33']]],
  ['№ 2026-000123 от 12.03.2014', []],
  [
    'см. https://a.ru/b?c=1, ещё a.ru.',
    [
      ['url', 'https://a.ru/b?c=1'],
      ['url', 'a.ru'],
    ],
  ],
  [
    '/menu и/или /help@ryadom_bot',
    [
      ['bot_command', '/menu'],
      ['bot_command', '/help@ryadom_bot'],
    ],
  ],
  ['почта a.b@c.ru', [['email', 'a.b@c.ru']]],
])('found in plain text: %s', (text, found) => {
  const { entities } = readFormatted({ text })
  expect(entities.map(({ type, offset, length }) => [type, text.slice(offset, offset + length)])).toEqual(
    found,
  )
})

test('control characters become spaces, and the length is unchanged', () => {
  expect(readFormatted({ text: 'a\u0000b\tc\nd' }).text).toBe('a b c\nd')
})
