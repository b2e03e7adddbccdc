/** The centre that the sandbox plays; a real one names itself by ORGANISATION_…. */
export const demoOrganisation = {
  name: 'Центр помощи семье и детям «Рядом» (учебный)',
  address: 'г. Ставрополь, ул. Учебная, д. 1',
  contact: '8-800-2000-122',
}

/** How the bot is called in everybody's list of chats. */
export const demoBot = { name: 'Рядом', username: 'ryadom_sandbox_bot' }

/** What played families write, some of it about people: what stands for them is what the masking leaves. */
export const demoComments = [
  'Долго ждали ответа про пособие, звонили три раза на +7 900 111-22-33.',
  'Ирина объяснила всё, а вот к психологу записали только на следующий месяц.',
  'Хотелось бы встречаться вечером, днём я на смене.',
  'Неясно, какие справки нужны. Список был бы лучше.',
  'Приехали на ул. Ленина, д. 5, а мы уже переехали. Адрес в деле старый.',
  'Говорили быстро, половину слов пришлось искать потом.',
  'Не спросили сына, что он сам думает.',
  'Визит перенесли в тот же день, пришлось отпрашиваться второй раз.',
  'Обещали юриста, его всё нет.',
  'Хочется, чтобы приходил один и тот же человек.',
]
