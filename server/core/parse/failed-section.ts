// Why a section of a reading failed: who does not answer, with what exit code or within what time, and what it said.

import type { Unparsed } from '../host/observation'
import type { Answering } from '../host/unparsed-params'
import { unparsed } from './parse-result'
import { ANSWER_S, LIBVIRT_ANSWER_S } from './read-script'
import { splitName, type Section } from './sections'

const answering: ReadonlyMap<string, Answering> = new Map([
  ['ovsdb', 'openvswitch'],
  ['flows', 'bridge'],
  ['virsh', 'libvirt'],
  ['domains', 'libvirt'],
])

/** Of timeout(1), and of a program whose own time limit is SIGALRM (`--timeout` of Open vSwitch's tools). */
const OUT_OF_TIME = new Set([124, 128 + 14])
/** A line of a complaint that is worth repeating. */
const MAX_SAID = 300

export function failedSection({ name, exitCode }: Section, errors: ReadonlyMap<string, string>): Unparsed {
  const [kind, subject] = splitName(name)
  if (kind === 'gone') return unparsed(name, '', { code: 'namespace-gone', params: { namespace: subject } })
  const who = answering.get(kind) ?? null
  // What is said inside a namespace is kept for the namespace.
  const said = lastLine(errors.get(name) ?? errors.get(`namespace ${subject}`.trim()) ?? '')
  if (OUT_OF_TIME.has(exitCode)) return unparsed(name, '', { code: 'unanswered', params: { who, withinS: limitOf(kind) } })
  return unparsed(name, '', { code: 'exit-code', params: { who, exitCode, said } })
}

const limitOf = (kind: string): number | null => (kind === 'domains' ? null : kind === 'virsh' ? LIBVIRT_ANSWER_S : ANSWER_S)

/** The cause is what a program says last. */
const lastLine = (text: string): string =>
  (text.trim().split('\n').at(-1) ?? '')
    .trim()
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, MAX_SAID)
