/** The centre that the sandbox plays; a real one names itself by ORGANISATION_…. */
export const demoOrganisation = {
  name: 'Центр помощи семье и детям «Рядом» (учебный)',
  address: 'г. Ставрополь, ул. Учебная, д. 1',
  contact: '8-800-2000-122',
}

/** How the bot is called in everybody's list of chats. */
export const demoBot = { name: 'Рядом', username: 'ryadom_sandbox_bot' }
