// Names of devices and bridges that reach a host. Stricter than names of objects: the kernel, Open vSwitch and libvirt must
// all take them as they are.

import { INTEGRATION_BRIDGE, intPatchName, MAX_DEVICE_NAME, TUNNEL_BRIDGE, underlayBridgeName } from '../../naming'
import { invalid, type Violation } from '../violation'

/** Begins with no dash, which programs take for an option, and no dot: "." and ".." are directories below /sys. */
const SAFE_DEVICE = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/
/** int-<bridge> and phy-<bridge> must still be device names (reference §3): 11. */
export const MAX_PROVIDER_BRIDGE = MAX_DEVICE_NAME - intPatchName('').length
/** br-<nic> holds the tunnel NIC under the userspace datapath: 12. */
export const MAX_TUNNEL_NIC = MAX_DEVICE_NAME - underlayBridgeName('').length

export function checkNicName(nic: string, field: string, maxLength = MAX_DEVICE_NAME): Violation[] {
  if (!SAFE_DEVICE.test(nic)) {
    return [invalid('device-name', field, 'A NIC name has letters, digits, "_", "." and "-" only, and begins with a letter, a digit or "_".')]
  }
  if (nic.length <= maxLength) return []
  const why = maxLength < MAX_DEVICE_NAME ? `, since "${underlayBridgeName('<nic>')}" is made of it` : ''
  return [invalid('device-name-length', field, `A NIC name has at most ${maxLength} characters here${why}; this one has ${nic.length}.`)]
}

export function checkProviderBridgeName(bridge: string, field: string): Violation[] {
  if (!SAFE_DEVICE.test(bridge)) {
    return [invalid('device-name', field, 'A bridge name has letters, digits, "_", "." and "-" only, and begins with a letter, a digit or "_".')]
  }
  if (bridge === INTEGRATION_BRIDGE || bridge === TUNNEL_BRIDGE) {
    return [invalid('bridge-reserved', field, `${bridge} is made by the console itself; give the provider bridge another name.`)]
  }
  if (bridge.length <= MAX_PROVIDER_BRIDGE) return []
  const why = `since "${intPatchName('<bridge>')}" must fit into ${MAX_DEVICE_NAME}`
  return [invalid('bridge-name-length', field, `A provider bridge name has at most ${MAX_PROVIDER_BRIDGE} characters, ${why}; this one has ${bridge.length}.`)]
}
