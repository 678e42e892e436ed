// What every line of `ovs-ofctl dump-flows` begins with, read by hand: of tens of thousands of lines this part is read anew each time.
//
//    cookie=0x0, duration=28.475s, table=0, n_packets=46, n_bytes=9802, priority=0 actions=NORMAL

export interface FlowHead {
  /** As printed. */
  readonly cookie: string
  readonly durationS: number
  readonly table: number
  readonly packets: number
  readonly bytes: number
  /** Where the line goes on. */
  readonly end: number
}

/** Digits that a number may have to be exact; longer counters are left to those who read everything. */
const MAX_DIGITS = 15

const COOKIE = ' cookie='
const MAX_COOKIE = '0x'.length + 16

/** Of the line that begins there; null: it has another form. Nothing that is expected holds a line end, so it stays within the line. */
export function readFlowHead(text: string, start: number): FlowHead | null {
  if (!text.startsWith(' cookie=0x', start)) return null
  const cookieStart = start + COOKIE.length
  let cookieEnd = cookieStart
  while (cookieEnd <= cookieStart + MAX_COOKIE && isWordCharacter(text.charCodeAt(cookieEnd))) cookieEnd++
  const reader = new DigitReader(text, cookieEnd)
  const durationS = reader.decimal(', duration=')
  const table = reader.whole('s, table=')
  const packets = reader.whole(', n_packets=')
  const bytes = reader.whole(', n_bytes=')
  if (!reader.skip(', ')) return null
  return { cookie: text.slice(cookieStart, cookieEnd), durationS, table, packets, bytes, end: reader.position }
}

/** Digits and small letters: whether they are a number is seen once for each cookie. */
const isWordCharacter = (code: number): boolean => (code >= ZERO && code <= ZERO + 9) || (code >= 97 && code <= 122)

/** Reads what it is told to expect; after the first disappointment it only says so. */
class DigitReader {
  readonly #text: string
  position: number
  #isLost = false

  constructor(text: string, position: number) {
    this.#text = text
    this.position = position
  }

  skip(word: string): boolean {
    if (!this.#text.startsWith(word, this.position)) this.#isLost = true
    this.position += word.length
    return !this.#isLost
  }

  whole(word: string): number {
    this.skip(word)
    return this.#digits()
  }

  decimal(word: string): number {
    const whole = this.whole(word)
    if (this.#text.charCodeAt(this.position) !== DOT) return whole
    const start = ++this.position
    const fraction = this.#digits()
    const scale = 10 ** (this.position - start)
    if (whole * scale > Number.MAX_SAFE_INTEGER) this.#isLost = true
    return (whole * scale + fraction) / scale
  }

  #digits(): number {
    const start = this.position
    let value = 0
    for (;;) {
      const digit = this.#text.charCodeAt(this.position) - ZERO
      if (!(digit >= 0 && digit <= 9)) break
      value = value * 10 + digit
      this.position++
    }
    const length = this.position - start
    if (length === 0 || length > MAX_DIGITS) this.#isLost = true
    return value
  }
}

const DOT = 46
const ZERO = 48
