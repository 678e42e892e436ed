// What a plan has to say beside its steps, by code: what stands in its way, what it keeps, what to know before applying, and what a host
// has after it that it should not. `host` is the host's name; the subject is the thing, or the host as a whole.

import type { Coded, Finding, SaidParams } from '../finding'
import type { KvmState } from '../host/observation'
import type { OvsFault } from '../host/ovs'
import type { UnknownPart } from '../host/unknown-part'
import type { ChangeAction } from './change'

export interface PlanParams extends BlockedParams, KeptParams, WarningParams, DeviationParams, LeftoverParams {}

export type Blocked = Finding<BlockedParams & SaidParams>
export type Kept = Finding<KeptParams & SaidParams>
export type PlanWarning = Finding<WarningParams & SaidParams>
export type Deviation = Finding<DeviationParams>
export type LeftoverFinding = Finding<LeftoverParams & Pick<DeviationParams, 'part-unknown'> & SaidParams>

export interface BlockedParams {
  'host-unreadable': { said: string }
  'host-read-only': { host: string }
  'same-machine': { host: string; other: string }
  'agent-present': { host: string; agent: string }
  'other-registration': { host: string; formerId: string; count: number }
  /** `more`: parts of the same section; `unseen`: labels of what of ours was there when it was last known. */
  'not-observed': { host: string; part: UnknownPart; more: number; unseen: readonly string[] }
  'missing-tool': { host: string; tool: string }
  'missing-kvm': { host: string; kvm: Exclude<KvmState, 'usable'> }
  'missing-nic': { host: string }
  /** `by`: the device on top of it that does; null for itself. */
  'nic-carries-ssh': { host: string; by: string | null }
  'nic-taken': { host: string; holder: Holder }
  'nic-has-address': { host: string; addresses: readonly string[] }
  /** `owner`: of the mark it carries; null for none. */
  'foreign-in-the-way': { host: string; thing: Thing; owner: string | null }
  'missing-file': { host: string; path: string }
  'no-nic-slot': { host: string; free: number; wanted: number }
}

export interface KeptParams {
  'bridge-kept-for-port': { port: string }
  'bridge-kept-for-flow': { table: number; priority: number; match: string; cookie: string }
  'namespace-kept': { device: string }
  'link-kept': { device: string }
  'set-kept': { table: string; chain: string; rule: string }
}

interface WarningParams {
  /** To something else than this plan wants. */
  'being-changed': { host: string; runId: string }
  'foreign-nics-lost': { host: string; isRebuilt: boolean; nics: readonly { readonly mac: string; readonly source: string | null }[] }
  'beside-agent': { host: string; agent: string }
  adopted: { host: string; formerId: string; count: number }
  /** `keys`: as sysctl names them. */
  'bridge-netfilter-off': { host: string; keys: readonly string[] }
  'trunk-unfiltered': { qbr: string; tpi: string }
  'uplink-unfiltered': { qvo: string }
  'disk-not-carried': { path: string; from: string; to: string }
}

/** What a host reads back different from the design; the subject is the resource. */
interface DeviationParams {
  'to-be-changed': { action: ChangeAction }
  'device-dead': OvsFault
  'part-unknown': { part: UnknownPart }
}

/** What a way back left. */
interface LeftoverParams {
  left: {}
  /** It was there before and is not. */
  'not-put-back': {}
  /** It may be in a part that could not be read. */
  'may-be-left': {}
  'way-back-unread': { said: string }
}

export interface ThingParams {
  device: { name: string }
  /** Of a kind that says no more of it than its label. */
  resource: { label: string }
  'ovs-port': { name: string; bridge: string }
  flow: { bridge: string; table: number; priority: number; match: string; cookie: string }
  file: { path: string }
  vm: { name: string; uuid: string }
}
export type Thing = Coded<ThingParams>

/** What has a NIC. */
export interface HolderParams {
  bridge: { name: string }
  bond: { name: string; bridge: string }
}
export type Holder = Coded<HolderParams>

/** Why a port is touched. `resource`: the label of what changes. */
export interface ImpactParams {
  'plugged-first': {}
  'leaves-host': {}
  'of-no-design': {}
  'made-anew': {}
  'missing-made-anew': {}
  'vm-restarted': { vm: string; fields: readonly string[] }
  'vm-moved': { vm: string; from: string; to: string }
  'resource-changes': { resource: string }
  'resource-missing': { resource: string }
  'network-changes': { resource: string }
  'shared-changes': { resource: string }
  'filter-changes': {}
  'uplink-plugged': {}
  'uplink-unplugged': {}
  'inner-host-restarted': { vm: string }
  'inner-uplink-interrupted': { uplink: string }
  said: { said: string }
}
export type ImpactReason = Coded<ImpactParams>
