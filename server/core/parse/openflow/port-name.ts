// OpenFlow port names and numbers as ovs-ofctl reads and prints them: `4`, `LOCAL`, `"qvof4513237-f5"`.
// Canonical is the bare name. Quotes stay only where the name would otherwise be read as something else.

import { failed, parsed, type ParseResult } from '../parse-result'

/** Port number → name, for dumps made without --names. */
export type PortNames = ReadonlyMap<number, string>
export const noPortNames: PortNames = new Map()

/** Reserved ports and their numbers in OpenFlow 1.0 (include/openflow/openflow-1.0.h); ANY is NONE by another name. */
const RESERVED: ReadonlyMap<string, bigint> = new Map([
  ['UNSET', 0xfff7n], ['IN_PORT', 0xfff8n], ['TABLE', 0xfff9n], ['NORMAL', 0xfffan], ['FLOOD', 0xfffbn], ['ALL', 0xfffcn],
  ['CONTROLLER', 0xfffdn], ['LOCAL', 0xfffen], ['NONE', 0xffffn], ['ANY', 0xffffn],
]) // prettier-ignore
/** OFPP_LOCAL in OpenFlow 1.0 (65534) and from 1.1 on. */
const LOCAL_NUMBERS = new Set([0xfffe, 0xfffffffe])
const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_.@-]*$/

export const isReservedPort = (name: string): boolean => RESERVED.has(name.toUpperCase())
export const reservedPortNumber = (name: string): bigint | null => RESERVED.get(name) ?? null

export function canonicalPort(text: string, ports: PortNames = noPortNames): ParseResult<string> {
  if (text.startsWith('"')) return fromQuoted(text)
  if (/^\d{1,10}$/.test(text)) return parsed(fromNumber(Number(text), ports))
  if (isReservedPort(text)) return parsed(text.toUpperCase())
  return PLAIN_NAME.test(text) ? parsed(text) : failed({ code: 'is-not', params: { text, what: 'port' } }, text)
}

const fromNumber = (number: number, ports: PortNames): string =>
  LOCAL_NUMBERS.has(number) ? 'LOCAL' : renderPort(ports.get(number) ?? String(number), ports.has(number))

function fromQuoted(text: string): ParseResult<string> {
  try {
    const name: unknown = JSON.parse(text)
    if (typeof name === 'string' && name !== '') return parsed(renderPort(name, true))
  } catch {
    // falls through: not a JSON string, which is how ovs-ofctl quotes
  }
  return failed({ code: 'is-no', params: { text, what: 'quoted-port' } }, text)
}

function renderPort(name: string, isName: boolean): string {
  return isName && (!PLAIN_NAME.test(name) || isReservedPort(name)) ? JSON.stringify(name) : name
}
