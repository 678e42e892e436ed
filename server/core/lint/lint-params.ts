// What lint says about a design while it is drawn, by code. An error is refused by the edits (physical-network/wire-rules.ts), so it is seen only in
// designs that came about otherwise; a warning is told and stands. The names of physical networks and networks are values.

import type { Finding } from '../finding'

export interface LintParams {
  'wire-vlan-ranges': { other: string; min: number; max: number }
  'wire-vlan-in-range': { other: string; network: string; vlan: number }
  /** `vlan`: null where both are untagged. */
  'wire-segment': { other: string; networks: readonly [string, string]; vlan: number | null }
  'wire-mac-base': { other: string; macBase: string }
  'mac-base-reserved': { macBase: string; reservedFor: 'routers' | 'uplinks' }
  'carrier-without-uplink': { carrier: string }
  /** `networks`: names of those that it joins. `isDistributed`: only its central part has no host. */
  'router-without-host': { networks: readonly string[]; isDistributed: boolean }
  /** The subject is the host. */
  'underlay-without-router': { cluster: string; vip: string }
  /** The subject is the subport. `groups`: names of those that it is in. */
  'subport-unfiltered': { trunk: string; host: string; groups: readonly string[] }
}

export type LintFinding = Finding<LintParams>
