// What an earlier version stored as a sentence, and is a code with values now, comes back as that sentence (`said`).

interface Said {
  readonly code: 'said'
  readonly params: { readonly said: string }
}

export const said = (sentence: string): Said => ({ code: 'said', params: { said: sentence } })

/** What has the present form comes back as it is. */
export const quoted = <Present>(words: Present | string): Exclude<Present, string> | Said =>
  typeof words === 'string' ? said(words) : (words as Exclude<Present, string>)
