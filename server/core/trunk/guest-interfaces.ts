// What a guest says about its interfaces: MACs from its agent (or sysfs), VLAN ids from the kernel's own list,
//
//   VLAN Dev name	 | VLAN ID
//   Name-Type: VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD
//   eth0.301       | 301  | eth0
//
// and which of them belong to the NIC that is the trunk.

import { textLines } from '../parse/lines'
import type { GuestInterface } from './audit'

const VLAN_LINE = /^(\S+)\s*\|\s*(\d{1,4})\s*\|\s*(\S+)\s*$/

/** /proc/net/vlan/config; a kernel that never had a VLAN interface has no such file. */
export function parseVlanConfig(text: string): ReadonlyMap<string, Pick<GuestInterface, 'vlan' | 'parent'>> {
  const entries = textLines(text).flatMap((line) => {
    const [, name, vlan, parent] = VLAN_LINE.exec(line) ?? []
    return name && parent ? [[name, { vlan: Number(vlan), parent }] as const] : []
  })
  return new Map(entries)
}

export function joinGuestInterfaces(
  nics: readonly { readonly name: string; readonly macAddress: string | null }[],
  vlanConfig: string,
): GuestInterface[] {
  const vlans = parseVlanConfig(vlanConfig)
  return nics.flatMap(({ name, macAddress }) => {
    const { vlan = 0, parent = null } = vlans.get(name) ?? {}
    return name === 'lo' || macAddress === null ? [] : [{ name, macAddress, vlan, parent }]
  })
}

/** The trunk's NIC and the VLAN interfaces on it. Its MAC may be wrong, then it is the only NIC that no other port accounts for. */
export function ofTrunkNic(interfaces: readonly GuestInterface[], parentMac: string, otherMacs: readonly string[]): GuestInterface[] {
  const nics = interfaces.filter(({ parent, macAddress }) => parent === null && !otherMacs.some((mac) => isSameMac(mac, macAddress)))
  const nic = nics.find(({ macAddress }) => isSameMac(macAddress, parentMac)) ?? (nics.length === 1 ? nics[0] : undefined)
  return nic ? [nic, ...interfaces.filter(({ parent }) => parent === nic.name)] : []
}

export const isSameMac = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase()
