// Cuts the output of the read script into its sections. Each ends with a line that carries a nonce made for this one
// reading, the exit code of what printed it, and its name; host text cannot forge such a line without knowing the nonce.
//
//   …text…
//   @@5f1c0e… 0 flows br-int

export interface Section {
  readonly name: string
  readonly exitCode: number
  readonly text: string
}

export interface SectionedText {
  readonly sections: readonly Section[]
  /** The last section is there: nothing was cut off. */
  readonly isComplete: boolean
  /** What followed the last end line. */
  readonly rest: string
}

/** Name of the section that the script prints last. */
export const LAST_SECTION = 'done'
const NONCE = /^[0-9A-Za-z-]{8,64}$/

export const isNonce = (text: string): boolean => NONCE.test(text)

export function splitSections(text: string, nonce: string): SectionedText {
  if (!isNonce(nonce)) return { sections: [], isComplete: false, rest: text }
  // isNonce admits no character that means something in a pattern, except '-' outside a class, which does not.
  const end = new RegExp(`\\n@@${nonce} (\\d{1,3}) ([^\\n]*)\\n`, 'g')
  const sections: Section[] = []
  let position = 0
  for (const match of `${text}\n`.matchAll(end)) {
    sections.push({ name: (match[2] ?? '').trim(), exitCode: Number(match[1]), text: text.slice(position, match.index) })
    position = match.index + match[0].length
  }
  return { sections, isComplete: sections.at(-1)?.name === LAST_SECTION, rest: text.slice(position) }
}

/** `ip qdhcp-0b5e…` → ['ip', 'qdhcp-0b5e…'] */
export function splitName(name: string): readonly [kind: string, subject: string] {
  const space = name.indexOf(' ')
  return space < 0 ? [name, ''] : [name.slice(0, space), name.slice(space + 1)]
}
