import { expect, test } from 'vitest'
import { whoSpeaks } from '#features/words/who-speaks.ts'

test.each([
  ['мне 13 мне страшно он опять пьяный', 'minor'],
  ['я в 7 классе, дома ад', 'minor'],
  ['я мама, сил нет', 'parent'],
  ['муж избил меня при детях', 'parent'],
  ['моей дочери 5, она не говорит', 'parent'],
  ['у меня трое детей, есть нечего', 'parent'],
  ['мой сын не хочет жить', 'parent'],
  ['I am a mother, my husband beats me', 'parent'],
  ['my son is 9', 'parent'],
  ['соседи бьют ребёнка', 'other-person'],
  ['у соседей плачет ребенок второй день', 'other-person'],
  ['в 45 квартире ребенок плачет второй день', 'other-person'],
  ['соседка сверху орет на ребенка и слышно как бьет он кричит', 'other-person'],
  ['my neighbour beats her child', 'other-person'],
  ['я опекун внука, ему 9', 'representative'],
  ['я приёмная мама двоих детей', 'representative'],
  ['мы у соседей, мой сын плачет', 'parent'],
  // A minor stays one, whoever else is meant.
  ['мне 14, у соседей бьют мальчика', 'minor'],
])('«%s» says who writes: %s', (text, who) => expect(whoSpeaks(text)).toBe(who))

test.each([
  'мне страшно дома, папа бьёт',
  'помогите',
  'я у соседки, боюсь идти домой',
  'мы с детьми убежали к соседям',
  'мама говорит «я мать, мне виднее»',
  'нужна помощь',
  'сижу в подъезде',
  'сколько стоит',
  'боюсь я мама пьяная',
  'мамин муж меня бьёт',
  'сестра вышла замуж',
  'где мой смех',
])('«%s» does not: they are asked', (text) => expect(whoSpeaks(text)).toBeNull())
