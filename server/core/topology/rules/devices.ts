// Names of devices and bridges that reach a host. Stricter than names of objects: the kernel, Open vSwitch and libvirt must
// all take them as they are.

import { INTEGRATION_BRIDGE, intPatchName, MAX_DEVICE_NAME, TUNNEL_BRIDGE, underlayBridgeName, vtepLabel } from '../../naming'
import type { Host } from '../topology'
import { invalid, type Violation } from '../violation'

/** Begins with no dash, which programs take for an option, and no dot: "." and ".." are directories below /sys. */
const SAFE_DEVICE = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/
/** int-<bridge> and phy-<bridge> must still be device names (reference §3): 11. */
export const MAX_PROVIDER_BRIDGE = MAX_DEVICE_NAME - intPatchName('').length
/** br-<nic> holds the tunnel NIC under the userspace datapath: 12. */
export const BRIDGED_TUNNEL_NIC: NicLimit = { length: MAX_DEVICE_NAME - underlayBridgeName('').length, madeOfIt: underlayBridgeName('<nic>') }
/** <nic>:tl labels an address that we put onto it: 12 as well. */
export const LABELLED_TUNNEL_NIC: NicLimit = { length: MAX_DEVICE_NAME - vtepLabel('').length, madeOfIt: vtepLabel('<nic>') }
/** On every host, and no NIC of any: loopback, and the devices of Open vSwitch's datapaths. */
const SYSTEM_DEVICES: readonly string[] = ['lo', 'ovs-netdev', 'ovs-system']
const OWN_BRIDGES: readonly string[] = [INTEGRATION_BRIDGE, TUNNEL_BRIDGE]
const ANY_NIC: NicLimit = { length: MAX_DEVICE_NAME, madeOfIt: null }

interface NicLimit {
  readonly length: number
  /** Why it must be shorter than any device. */
  readonly madeOfIt: string | null
}

export function checkNicName(nic: string, field: string, { length, madeOfIt }: NicLimit = ANY_NIC): Violation[] {
  if (!SAFE_DEVICE.test(nic)) {
    return [invalid('device-name', field, 'A NIC name has letters, digits, "_", "." and "-" only, and begins with a letter, a digit or "_".')]
  }
  if (SYSTEM_DEVICES.includes(nic) || OWN_BRIDGES.includes(nic)) return [invalid('device-reserved', field, `${nic} is no NIC: ${OWN_BRIDGES.includes(nic) ? 'the console makes it itself' : 'every host has it for itself'}.`)]
  if (nic.length <= length) return []
  const why = madeOfIt === null ? '' : `, since "${madeOfIt}" is made of it`
  return [invalid('device-name-length', field, `A NIC name has at most ${length} characters here${why}; this one has ${nic.length}.`)]
}

export function checkProviderBridgeName(bridge: string, field: string): Violation[] {
  if (!SAFE_DEVICE.test(bridge)) {
    return [invalid('device-name', field, 'A bridge name has letters, digits, "_", "." and "-" only, and begins with a letter, a digit or "_".')]
  }
  if (OWN_BRIDGES.includes(bridge) || SYSTEM_DEVICES.includes(bridge)) {
    const why = OWN_BRIDGES.includes(bridge) ? 'is made by the console itself' : 'is a device that every host may have'
    return [invalid('bridge-reserved', field, `${bridge} ${why}; give the provider bridge another name.`)]
  }
  if (bridge.length <= MAX_PROVIDER_BRIDGE) return []
  const why = `since "${intPatchName('<bridge>')}" must fit into ${MAX_DEVICE_NAME}`
  return [invalid('bridge-name-length', field, `A provider bridge name has at most ${MAX_PROVIDER_BRIDGE} characters, ${why}; this one has ${bridge.length}.`)]
}

/** Devices of an Open vSwitch host whose names people chose, or that are named after one; each with the input field it comes from. */
export function chosenDevices({ bridgeMappings, tunnel, datapathType }: Host): { readonly name: string; readonly field: string }[] {
  return [
    ...bridgeMappings.flatMap((mapping, index) => (['bridge', 'nic'] as const).map((key) => ({ name: mapping[key], field: `bridgeMappings.${index}.${key}` }))),
    ...(tunnel ? [tunnel.nic, ...(datapathType === 'netdev' ? [underlayBridgeName(tunnel.nic)] : [])].map((name) => ({ name, field: 'tunnel.nic' })) : []),
  ]
}
