/** The account that the server of the journeys is started with; the first one, so an administrator. */
export const initialAccount = {
  email: 'ada@example.com',
  password: 'a long sentence nobody guesses',
  username: 'ada-example',
  key: `ul_${'0123456789abcdef0123'.repeat(2)}`,
} as const;
