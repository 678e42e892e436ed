// Names of devices and bridges that reach a host. Stricter than names of objects: the kernel, Open vSwitch and libvirt must
// all take them as they are.

import { INTEGRATION_BRIDGE, intPatchName, MAX_DEVICE_NAME, TUNNEL_BRIDGE, underlayBridgeName, vtepLabel } from '../../../naming'
import type { Host } from './host'
import { invalid, type Violation } from '../../violation'

/** Begins with no dash, which programs take for an option, and no dot: "." and ".." are directories below /sys. */
const SAFE_DEVICE = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/
/** int-<bridge> and phy-<bridge> must still be device names: 11. */
const MAX_PROVIDER_BRIDGE = MAX_DEVICE_NAME - intPatchName('').length
/** br-<nic> holds the tunnel NIC under the userspace datapath: 12. */
export const BRIDGED_TUNNEL_NIC: NicLimit = {
  length: MAX_DEVICE_NAME - underlayBridgeName('').length,
  madeOfIt: underlayBridgeName('<nic>'),
}
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
  if (!SAFE_DEVICE.test(nic)) return [invalid('device-name', field, { of: 'nic' })]
  if (SYSTEM_DEVICES.includes(nic) || OWN_BRIDGES.includes(nic))
    return [invalid('device-reserved', field, { nic, by: OWN_BRIDGES.includes(nic) ? 'console' : 'hosts' })]
  if (nic.length <= length) return []
  return [invalid('device-name-length', field, { most: length, length: nic.length, madeOfIt })]
}

export function checkProviderBridgeName(bridge: string, field: string): Violation[] {
  if (!SAFE_DEVICE.test(bridge)) return [invalid('device-name', field, { of: 'bridge' })]
  if (OWN_BRIDGES.includes(bridge) || SYSTEM_DEVICES.includes(bridge))
    return [invalid('bridge-reserved', field, { bridge, by: OWN_BRIDGES.includes(bridge) ? 'console' : 'hosts' })]
  if (bridge.length <= MAX_PROVIDER_BRIDGE) return []
  const derived = intPatchName('<bridge>')
  return [invalid('bridge-name-length', field, { most: MAX_PROVIDER_BRIDGE, length: bridge.length, derived, within: MAX_DEVICE_NAME })]
}

/** Devices of an Open vSwitch host whose names people chose, or that are named after one; each with the input field it comes from. */
export function chosenDevices({ bridgeMappings, tunnel, datapathType }: Host): { readonly name: string; readonly field: string }[] {
  return [
    ...bridgeMappings.flatMap((mapping, index) =>
      (['bridge', 'nic'] as const).map((key) => ({ name: mapping[key], field: `bridgeMappings.${index}.${key}` })),
    ),
    ...(tunnel
      ? [tunnel.nic, ...(datapathType === 'netdev' ? [underlayBridgeName(tunnel.nic)] : [])].map((name) => ({ name, field: 'tunnel.nic' }))
      : []),
  ]
}
