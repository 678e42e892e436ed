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
const LAST_SECTION = 'done'
const NONCE = /^[0-9A-Za-z-]{8,64}$/

/** Exit code and name. */
const END = /^(\d{1,3}) ([^\n]*)$/

const isNonce = (text: string): boolean => NONCE.test(text)

export function splitSections(text: string, nonce: string): SectionedText {
  if (!isNonce(nonce)) return { sections: [], isComplete: false, rest: text }
  // Found by the mark, not by a pattern: a reading may have tens of megabytes, and this goes through it in one go.
  const mark = `\n@@${nonce} `
  const sections: Section[] = []
  let position = 0
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
    const newline = text.indexOf('\n', at + 1)
    const end = END.exec(text.slice(at + mark.length, newline < 0 ? text.length : newline))
    if (!end) continue
    sections.push({ name: (end[2] ?? '').trim(), exitCode: Number(end[1]), text: text.slice(position, at) })
    position = newline < 0 ? text.length : newline + 1
    at = position - 1
  }
  return { sections, isComplete: sections.at(-1)?.name === LAST_SECTION, rest: text.slice(position) }
}

/** Does the text end with its last section: nothing was cut off. It is looked for from the end. */
export function isWhole(text: string, nonce: string): boolean {
  const at = text.lastIndexOf(`\n@@${nonce} `)
  return at >= 0 && splitSections(text.slice(at), nonce).isComplete
}

/** `ip qdhcp-0b5e…` → ['ip', 'qdhcp-0b5e…'] */
export function splitName(name: string): readonly [kind: string, subject: string] {
  const space = name.indexOf(' ')
  return space < 0 ? [name, ''] : [name.slice(0, space), name.slice(space + 1)]
}
