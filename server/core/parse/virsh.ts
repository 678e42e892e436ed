// Output of one virsh run with several commands: `dumpxml UUID; domstate UUID --reason; …`. A document is followed by the state of
// the same domain, because the script asks for them in turn.
//
//   <domain type='qemu' id='1'>…</domain>
//
//   running (booted)

import { DOMAIN_METADATA_URI, type Domain, type DomainState } from '../host/domain'
import type { Unparsed } from '../host/observation'
import { parseDomainXml } from './libvirt'
import { notA, unparsed, type Parsed } from './parse-result'

/** Everything else (running, idle, paused, in shutdown, pmsuspended) holds its memory and its taps. */
const OFF_STATES = new Set(['shut off', 'crashed'])
const STATES = new Set([...OFF_STATES, 'running', 'idle', 'paused', 'in shutdown', 'dying', 'pmsuspended', 'no state'])
/** Which `isRunning` says as well. */
const PLAIN_STATES = new Set([...OFF_STATES, 'running', 'idle'])
const DOCUMENT_END = '</domain>'
/** Room for line breaks, the longest state and the longest reason. */
const MAX_STATE = 128

export function parseDomains(text: string, section = 'domains'): Parsed<readonly Domain[]> {
  const value: Domain[] = []
  const rest: Unparsed[] = []
  let position = 0
  for (;;) {
    const end = text.indexOf(DOCUMENT_END, position)
    if (end < 0) break
    const xml = text.slice(position, end + DOCUMENT_END.length)
    const state = readState(text.slice(end + DOCUMENT_END.length, end + DOCUMENT_END.length + MAX_STATE))
    position = end + DOCUMENT_END.length + (state?.length ?? 0)
    const domain = parseDomainXml(xml.trim(), state ? !OFF_STATES.has(state.name) : hasId(xml))
    if (domain.ok)
      value.push({ ...domain.value, ...(state && !PLAIN_STATES.has(state.name) && { state: { name: state.name, reason: state.reason } }) })
    else rest.push({ ...unparsed(section, xml, domain.error.reason), ...foreignNames(xml) })
  }
  const left = text.slice(position).trim()
  return { value, unparsed: left === '' ? rest : [...rest, unparsed(section, left, notA('domain'))] }
}

/** Without our mark it is somebody else's VM, which no plan waits for. */
function foreignNames(xml: string): Pick<Unparsed, 'foreign'> {
  const uuid = /<uuid>\s*([0-9a-f-]{36})\s*<\/uuid>/.exec(xml)?.[1]
  const name = /<name>([^<]{1,200})<\/name>/.exec(xml)?.[1]
  return uuid === undefined || name === undefined || xml.includes(DOMAIN_METADATA_URI) ? {} : { foreign: [uuid, name] }
}

/** A domain that is gone by the time its state is asked has none; an active one's document carries an id. */
const hasId = (xml: string): boolean => /^\s*<domain[^>]{0,1000}\sid=/.test(xml)

interface ReadState extends DomainState {
  readonly length: number
}

function readState(text: string): ReadState | null {
  const [whole, name = '', reason = ''] = /^\s*([a-z][a-z ]*[a-z])(?: \(([^()\n]{1,60})\))?[ \t]*(?:\n|$)/.exec(text) ?? []
  return whole !== undefined && STATES.has(name) ? { name, reason, length: whole.length } : null
}

/** `Running against daemon: 9.0.0`, which `virsh version --daemon` prints among other lines. */
export const parseDaemonVersion = (text: string): string | null => /^Running against daemon: (\d[\w.]*)$/m.exec(text)?.[1] ?? null
