// Addresses that a port may send from: its own, and those that people allowed beside them (Neutron's allowed address pairs).

import type { AddressPair, Port } from '../../topology/kinds/port/port'
import type { Family } from './chain-names'

/** Each with the MAC it belongs to; a prefix may have its length or not. */
export const sendingAddresses = ({ macAddress, fixedIps, allowedAddressPairs = [] }: Port): readonly AddressPair[] => [
  ...fixedIps.map(({ ipAddress }) => ({ macAddress, ipAddress })),
  ...allowedAddressPairs,
]

export const familyOf = (prefix: string): Family => (prefix.includes(':') ? 'ipv6' : 'ipv4')
export const addressesOf = (port: Port, family: Family): readonly AddressPair[] =>
  sendingAddresses(port).filter(({ ipAddress }) => familyOf(ipAddress) === family)

/** Of its own MAC and those of its pairs. */
export const sendingMacs = (port: Port): readonly string[] => [
  ...new Set([port.macAddress, ...sendingAddresses(port).map((pair) => pair.macAddress)]),
]
