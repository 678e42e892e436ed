// Output of one virsh run with several commands: `dumpxml UUID; domstate UUID; …`. A document is followed by the state of
// the same domain, because the script asks for them in turn.
//
//   <domain type='qemu' id='1'>…</domain>
//
//   running

import type { Domain } from '../host/domain'
import type { Unparsed } from '../host/observation'
import { parseDomainXml } from './libvirt'
import { unparsed, type Parsed } from './parse-result'

/** Everything else (running, idle, paused, in shutdown, pmsuspended) holds its memory and its taps. */
const OFF_STATES = new Set(['shut off', 'crashed'])
const STATES = new Set([...OFF_STATES, 'running', 'idle', 'paused', 'in shutdown', 'dying', 'pmsuspended', 'no state'])
const DOCUMENT_END = '</domain>'
/** Room for line breaks and the longest state. */
const MAX_STATE = 64

export function parseDomains(text: string, section = 'domains'): Parsed<readonly Domain[]> {
  const value: Domain[] = []
  const rest: Unparsed[] = []
  let position = 0
  for (;;) {
    const end = text.indexOf(DOCUMENT_END, position)
    if (end < 0) break
    const xml = text.slice(position, end + DOCUMENT_END.length)
    const state = /^\s*([a-z ]*[a-z])\s*(?:\n|$)/.exec(text.slice(end + DOCUMENT_END.length, end + DOCUMENT_END.length + MAX_STATE))
    position = end + DOCUMENT_END.length + (state && STATES.has(state[1] ?? '') ? state[0].length : 0)
    const domain = parseDomainXml(xml.trim(), isRunning(state?.[1], xml))
    if (domain.ok) value.push(domain.value)
    else rest.push(unparsed(section, xml, domain.error.reason))
  }
  const left = text.slice(position).trim()
  return { value, unparsed: left === '' ? rest : [...rest, unparsed(section, left, 'Not a domain')] }
}

/** A domain that is gone by the time its state is asked has none; an active one's document carries an id. */
function isRunning(state: string | undefined, xml: string): boolean {
  return state !== undefined && STATES.has(state) ? !OFF_STATES.has(state) : /^\s*<domain[^>]{0,1000}\sid=/.test(xml)
}

/** `Running against daemon: 9.0.0`, which `virsh version --daemon` prints among other lines. */
export const parseDaemonVersion = (text: string): string | null => /^Running against daemon: (\d[\w.]*)$/m.exec(text)?.[1] ?? null
