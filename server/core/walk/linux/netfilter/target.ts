// What a rule does: `-j NAME` or `-g chain` with the words behind it. Targets that only note or count are `continue`.

export type Target =
  | { readonly kind: 'accept' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'reject' }
  | { readonly kind: 'return' | 'continue' }
  | { readonly kind: 'jump' | 'goto'; readonly chain: string }
  /** `isPortOpen`: the kernel takes a port that it finds good; packets without one go as they are told. */
  | { readonly kind: 'dnat' | 'snat'; readonly address: string | null; readonly port: number | null; readonly isPortOpen: boolean }
  | { readonly kind: 'masquerade'; readonly isPortOpen: boolean }
  | { readonly kind: 'redirect'; readonly port: number | null; readonly isPortOpen: boolean }
  /** `mark = (mark & ~mask) ^ value`, on the packet or on its connection. */
  | { readonly kind: 'mark' | 'connection-mark'; readonly value: number; readonly mask: number }
  | { readonly kind: 'save-mark' | 'restore-mark' }
  | { readonly kind: 'no-track' }
  | { readonly kind: 'zone'; readonly zone: number }
  | { readonly kind: 'not-understood'; readonly name: string }

const HARMLESS = new Set(['LOG', 'NFLOG', 'ULOG', 'TRACE', 'CHECKSUM', 'CLASSIFY', 'TCPMSS', 'AUDIT', 'CONTINUE', 'IDLETIMER', 'RATEEST'])
const ALL_BITS = 0xffffffff

type Words = readonly string[]
const after = (words: Words, option: string): string | undefined => (words.includes(option) ? words[words.indexOf(option) + 1] : undefined)

const targets: Readonly<Record<string, (words: Words) => Target>> = {
  ACCEPT: () => ({ kind: 'accept' }),
  DROP: () => ({ kind: 'drop' }),
  REJECT: () => ({ kind: 'reject' }),
  RETURN: () => ({ kind: 'return' }),
  DNAT: (words) => nat('dnat', words, '--to-destination'),
  SNAT: (words) => nat('snat', words, '--to-source'),
  MASQUERADE: (words) => ({ kind: 'masquerade', isPortOpen: isRandom(words) || words.includes('--to-ports') }),
  REDIRECT: (words) => ({ kind: 'redirect', ...portsOf(words, after(words, '--to-ports')) }),
  MARK: (words) => mark('mark', words),
  CONNMARK: connectionMark,
  NOTRACK: () => ({ kind: 'no-track' }),
  CT: connectionTracking,
}

/** [-j, NAME, words…] */
export function parseTarget([option, name = '', ...words]: Words): Target {
  if (option === '-g') return { kind: 'goto', chain: name }
  if (HARMLESS.has(name)) return { kind: 'continue' }
  const make = Object.hasOwn(targets, name) ? targets[name] : undefined
  // Built-in targets are upper case; so may chains be. Whether there is such a chain is seen when it is run.
  return make ? make(words) : { kind: 'jump', chain: name }
}

const notUnderstood = (name: string): Target => ({ kind: 'not-understood', name })

const isRandom = (words: Words): boolean => words.some((word) => word.startsWith('--random'))

/** `10.0.0.5`, `10.0.0.5:80`, `:80-90`; of a range of addresses nobody can tell which is taken, nor of a source port whether it is free. */
function nat(kind: 'dnat' | 'snat', words: Words, option: string): Target {
  const to = after(words, option)
  const [, address, ports] = /^(\d+\.\d+\.\d+\.\d+)?(?::(\d+(?:-\d+)?))?$/.exec(to ?? '') ?? []
  if (address === undefined && ports === undefined) return notUnderstood(`${kind.toUpperCase()}:${to}`)
  const { port, isPortOpen } = portsOf(words, ports)
  return { kind, address: address ?? null, port, isPortOpen: isPortOpen || (kind === 'snat' && port !== null) }
}

function portsOf(words: Words, ports: string | undefined): { readonly port: number | null; readonly isPortOpen: boolean } {
  const port = portNumber(ports)
  return { port, isPortOpen: isRandom(words) || (ports !== undefined && port === null) }
}

const portNumber = (text: string | undefined): number | null => (text === undefined || !/^\d+$/.test(text) ? null : Number(text))

function mark(kind: 'mark' | 'connection-mark', words: Words): Target {
  const [value, mask] = (after(words, '--set-xmark') ?? '').split('/')
  return value
    ? { kind, value: Number(value), mask: mask === undefined ? ALL_BITS : Number(mask) }
    : notUnderstood(`MARK ${words.join(' ')}`)
}

function connectionMark(words: Words): Target {
  const hasMask = words.some((word, at) => /^--(nf|ct)mask$/.test(word) && Number(words[at + 1]) !== ALL_BITS)
  if (words.includes('--save-mark') && !hasMask) return { kind: 'save-mark' }
  if (words.includes('--restore-mark') && !hasMask) return { kind: 'restore-mark' }
  return mark('connection-mark', words)
}

function connectionTracking(words: Words): Target {
  if (words.includes('--notrack')) return { kind: 'no-track' }
  const zone = after(words, '--zone')
  return zone !== undefined && /^\d+$/.test(zone) ? { kind: 'zone', zone: Number(zone) } : notUnderstood(`CT ${words.join(' ')}`)
}
