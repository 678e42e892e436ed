// A drop by a bridge of Neutron's pipelines, and what it means there, by code (diagnosis.ts).

import type { Coded } from '../finding'

export interface Drop {
  readonly bridge: string
  readonly table: number
  readonly why: Coded<DropParams>
}

export interface DropParams {
  /** Of a flow that nobody's pipeline has. `match`: '' matches everything. */
  'flow-says-so': { match: string }
  'table-miss': {}
  'address-unknown': { label: string }
  'no-arp': { address: string }
  'spoofed-address': { address: string }
  'spoofed-mac': { mac: string }
  'dead-vlan': {}
  'port-out-of-service': {}
  'unknown-tunnel': {}
  /** `vlan`: null for untagged; `localVlan`: null where none is known. */
  'vlan-not-translated': { vlan: number | null; localVlan: number | null; host: string }
  'local-vlan-not-translated': { vlan: number | null; localVlan: number | null; host: string }
  'vni-not-translated': { vni: number | null; host: string }
  'no-flood': { localVlan: number | null; host: string }
}
