// A drop by a bridge, in words. Without a full stop, to stand behind what it ended.

import type { Drop, DropParams } from '../path/drop-params'
import { sayCoded, type Messages } from './message'

/** What frames wear on a wire: "VLAN 7", "untagged frames". */
export const framesOf = (vlan: number | null): string => (vlan === null ? 'untagged frames' : `VLAN ${vlan}`)

const drops: Messages<DropParams> = {
  'flow-says-so': ({ match }) => `its flow "${match || 'any'}" says so`,
  'table-miss': () => 'no flow of this table matches',
  'address-unknown': ({ label }) => `the source address is not one that ${label} may use`,
  'no-arp': ({ address }) => `no flow lets ARP from ${address} pass`,
  'spoofed-address': ({ address }) => `source address ${address} is not the port's`,
  'spoofed-mac': ({ mac }) => `no flow lets source MAC ${mac} pass`,
  'dead-vlan': () => 'the frame is in the dead VLAN 4095',
  'port-out-of-service': () => 'the port was taken out of service',
  'unknown-tunnel': () => 'no flow knows the port the frame came from',
  'vlan-not-translated': ({ vlan, localVlan, host }) => `no flow turns ${framesOf(vlan)} into local VLAN ${localVlan ?? '?'} on ${host}`,
  'local-vlan-not-translated': ({ vlan, localVlan, host }) =>
    `no flow turns local VLAN ${localVlan ?? '?'} into ${framesOf(vlan)} on ${host}`,
  'vni-not-translated': ({ vni, host }) => `no flow turns VNI ${vni} into a local VLAN on ${host}`,
  'no-flood': ({ localVlan, host }) => `no flow floods local VLAN ${localVlan ?? '?'} to the other hosts of its network on ${host}`,
}

/** `br-int T24 drops, source address 10.0.5.9 is not the port's` */
export const explainDrop = ({ bridge, table, why }: Drop): string => `${bridge} T${table} drops, ${sayCoded(drops, why)}`
