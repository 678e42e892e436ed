// `ovs-appctl fdb/show BRIDGE` → MAC addresses a bridge has learned.
//
//    port  VLAN  MAC                Age
//       3     1  fa:16:3e:da:ec:c3    2
//   LOCAL     0  a6:37:89:f5:8c:4f    1

import { takeLines } from '../lines'
import type { Parsed } from '../parse-result'

export interface FdbEntry {
  /** OpenFlow number, or LOCAL. */
  readonly port: string
  readonly vlan: number
  readonly macAddress: string
  /** Null: static, never ages. */
  readonly ageS: number | null
}

const ENTRY = /^\s*(\S+)\s+(\d{1,4})\s+([0-9a-f]{2}(?::[0-9a-f]{2}){5})\s+(\d+|static)$/

export function parseFdbShow(text: string, section = 'fdb/show'): Parsed<readonly FdbEntry[]> {
  const entries: FdbEntry[] = []
  return takeLines<readonly FdbEntry[]>(text, section, entries, (line) => {
    if (/^\s*port\s+VLAN\s+MAC\s+Age$/.test(line)) return true
    const [, port, vlan, macAddress, age] = ENTRY.exec(line) ?? []
    if (port === undefined || macAddress === undefined) return false
    return entries.push({ port, vlan: Number(vlan), macAddress, ageS: age === 'static' ? null : Number(age) }) > 0
  })
}
