// Why a section of a reading failed, in a sentence: who does not answer, with what exit code or within what time, and what it said.

import type { Unparsed } from '../host/observation'
import { unparsed } from './parse-result'
import { ANSWER_S, LIBVIRT_ANSWER_S } from './read-script'
import { splitName, type Section } from './sections'

const silent: ReadonlyMap<string, string> = new Map([
  ['ovsdb', 'Open vSwitch does not answer'],
  ['flows', 'The bridge does not answer'],
  ['virsh', 'Libvirt does not answer'],
  ['domains', 'Libvirt does not answer'],
])

/** Of timeout(1), and of a program whose own time limit is SIGALRM (`--timeout` of Open vSwitch's tools). */
const OUT_OF_TIME = new Set([124, 128 + 14])
/** A line of a complaint that is worth repeating. */
const MAX_SAID = 300

export function explainFailure({ name, exitCode }: Section, errors: ReadonlyMap<string, string>): Unparsed {
  const [kind, subject] = splitName(name)
  if (kind === 'gone') return unparsed(name, '', `The namespace is gone, only its name is left: "ip netns del ${subject}" removes it`)
  const who = silent.get(kind) ?? 'It could not be read as a whole'
  // What is said inside a namespace is kept for the namespace.
  const said = lastLine(errors.get(name) ?? errors.get(`namespace ${subject}`.trim()) ?? '')
  if (OUT_OF_TIME.has(exitCode)) return unparsed(name, '', kind === 'domains' ? `${who} in time` : `${who} within ${kind === 'virsh' ? LIBVIRT_ANSWER_S : ANSWER_S} s`)
  return unparsed(name, '', `${who}: ${said === '' ? `exit code ${exitCode}` : `${said} (exit code ${exitCode})`}`)
}

/** The cause is what a program says last. */
const lastLine = (text: string): string =>
  (text.trim().split('\n').at(-1) ?? '').trim().replace(/\p{Cc}/gu, ' ').slice(0, MAX_SAID)
