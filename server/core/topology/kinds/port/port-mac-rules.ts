// What may be the MAC address of a port, or of an allowed address pair.

import { isBroadcastMac, isMulticastMac, isZeroMac, normalizeMac } from '../../mac'
import { invalid, type Violation } from '../../violation'

/** As it is stored. */
export const checkMacForm = (mac: string, field: string): Violation[] =>
  normalizeMac(mac) === mac ? checkMacAddress(mac, field) : [invalid('mac-form', field, {})]

/** As people write it: capitals and dashes are as good. */
export function checkMacAddress(text: string, field = 'macAddress'): Violation[] {
  const mac = normalizeMac(text)
  if (mac === null) return [invalid('mac-form', field, {})]
  if (isZeroMac(mac)) return [invalid('mac-not-zero', field, {})]
  if (isBroadcastMac(mac)) return [invalid('mac-not-broadcast', field, {})]
  return isMulticastMac(mac) ? [invalid('mac-not-multicast', field, { mac })] : []
}
