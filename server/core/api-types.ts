// What the API answers with, beyond the model's own types: summaries for lists, details for panes. Plain JSON, no secrets,
// safe for the browser to import.

import type { AppErrorCode } from './app-error'
import type { ChangeAction, ObjectChange } from './plan/change'
import type { Operation } from './operation/operation'
import type { RunPhase, RunStatus, RunWait } from './plan/run'
import type { RunVerdict } from './plan/run-verdict'
import type { Finding } from './finding'
import type { Leftover, RecordState } from './gateway/compare-records'
import type { HostHealth } from './host/host-health'
import type { NewsMark } from './news'
import type { NeededTool, ProbedNic, ProbeParams } from './host/probe'
import type { RestoreState } from './restore/restore-state'
import type { HostFacts, Unparsed } from './host/observation'
import type { Verdict } from './path/verdict-params'
import type { VerificationStatus } from './path/verification'
import type { TrunkState } from './trunk/trunk-state'
import type { Translated } from './topology/gateway-records'
import type { GatewayRecord } from './topology/kinds/gateway-cluster/gateway-cluster'
import type { Host } from './topology/kinds/host/host'
import type { NestedUplink } from './topology/kinds/nested-uplink/nested-uplink'
import type { FloatingIp } from './topology/kinds/floating-ip/floating-ip'
import type { Network } from './topology/kinds/network/network'
import type { PhysicalNetwork } from './topology/kinds/physical-network/physical-network'
import type { Port } from './topology/kinds/port/port'
import type { Project } from './topology/kinds/project/project'
import type { Router } from './topology/kinds/router/router'
import type { SecurityGroup } from './topology/kinds/security-group/security-group'
import type { Subnet } from './topology/kinds/subnet/subnet'
import type { Trunk } from './topology/kinds/trunk/trunk'
import type { Touched } from './topology/touched'
import type { Vm } from './topology/kinds/vm/vm'
import type { Described, Kind, LocalVlan, ObjectOf, Topology } from './topology/topology'

export type { HostHealth } from './host/host-health'
export type {
  HostInside,
  InsideBridge,
  InsideDomain,
  InsideLink,
  InsideNamespace,
  InsideOvsBridge,
  InsideOvsPort,
} from './host/inside-types'

/** Procedures in one request. A page asks for a dozen at once. */
export const MAX_BATCH_SIZE = 50

export type ObjectCounts = Readonly<Record<Kind, number>>

/** How a host is entered. Secrets stay behind; only their kind is told. */
export interface HostAccessSummary {
  readonly address: string
  readonly port: number
  readonly user: string
  readonly authKind: 'password' | 'key' | 'key-file' | 'agent'
  /** Set with `key-file`. */
  readonly privateKeyPath: string | null
  /** Pinned host key, as OpenSSH prints it; null until the operator accepted one. */
  readonly fingerprint: string | null
}

export interface HostSummary {
  readonly host: ObjectOf['host']
  readonly access: HostAccessSummary
  readonly health: HostHealth
  readonly vmCount: number
  readonly portCount: number
}

export interface HostDetail {
  readonly host: ObjectOf['host']
  readonly access: HostAccessSummary
  readonly health: HostHealth
  /** From the last reading; null before the first. */
  readonly facts: HostFacts | null
  readonly unparsed: readonly Unparsed[]
  /** What it does after a restart. */
  readonly restore: RestoreState
  readonly vms: readonly Vm[]
  readonly ports: readonly Port[]
  readonly localVlans: readonly LocalVlan[]
}

export interface HostKey {
  readonly algorithm: string
  /** SHA256:… */
  readonly fingerprint: string
}

export interface HostProbe {
  readonly hostId: string
  readonly hostName: string
  readonly probedAt: string
  readonly facts: HostFacts
  readonly missingTools: readonly NeededTool[]
  readonly nics: readonly ProbedNic[]
  /** What stands in the way of preparing the host. */
  readonly warnings: readonly Finding<ProbeParams>[]
}

export interface RunSummary {
  readonly id: string
  readonly planId: string
  readonly status: RunStatus
  readonly phase: RunPhase
  readonly actor: string
  readonly waitsFor: readonly RunWait[]
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly revision: number | null
  readonly verdict: RunVerdict | null
  readonly hostNames: readonly string[]
  readonly stepCount: number
  readonly doneStepCount: number
  readonly leftoverCount: number
}

/** An operation with the names of its hosts. */
export interface OperationSummary extends Omit<Operation, 'hostIds'> {
  readonly hostNames: readonly string[]
}

export interface RevisionSummary {
  /** Grows by one per applied plan; the first is 1. */
  readonly number: number
  readonly createdAt: string
  readonly planId: string
  readonly counts: ObjectCounts
  /** Against the revision before. */
  readonly changeCounts: Readonly<Record<ChangeAction, number>>
}

export interface Revision {
  readonly number: number
  readonly createdAt: string
  readonly planId: string
  readonly topology: Topology
  /** Against the revision before. */
  readonly changes: readonly ObjectChange[]
}

export interface VerificationSummary {
  readonly id: string
  readonly status: VerificationStatus
  readonly sourceLabel: string
  readonly destinationLabel: string
  readonly networkName: string
  readonly startedAt: string
  readonly durationMs: number | null
  readonly verdict: Verdict | null
  readonly firstBadHopId: string | null
}

export interface OverviewHost {
  readonly id: string
  readonly name: string
  readonly roles: Host['roles']
  readonly isPrepared: boolean
  readonly isReadOnly: boolean
  readonly health: HostHealth
}

export interface Overview {
  readonly counts: ObjectCounts
  readonly hosts: readonly OverviewHost[]
  /** Last applied revision; 0 before the first. */
  readonly revision: number
  readonly pendingChanges: Readonly<Record<ChangeAction, number>>
  readonly lastRun: RunSummary | null
  readonly lastVerification: VerificationSummary | null
}

export interface NetworkDetail {
  readonly network: Network
  readonly project: Project
  readonly physicalNetwork: PhysicalNetwork | null
  readonly subnets: readonly Subnet[]
  readonly ports: readonly Port[]
  readonly vms: readonly Vm[]
  readonly localVlans: readonly LocalVlan[]
}

/** A trunk as Neutron shows it; `status` is what its host has, `reason` why it is not ACTIVE. */
export interface TrunkDetail extends Trunk, Described, TrunkState {}

/** A security group with who would miss it. */
export interface SecurityGroupDetail extends SecurityGroup, Described {
  /** The ports in it. */
  readonly portIds: readonly string[]
  /** Other groups with rules about the ports in it. */
  readonly namedBy: readonly string[]
}

/** A router with its ports, and where it stands. */
export interface RouterDetail extends Router, Described {
  readonly interfaces: readonly Port[]
  readonly gatewayPort: Port | null
  /** Its network host; of a distributed one, every host with a port that it serves. */
  readonly hostIds: readonly string[]
}

/** A floating IP with its address, and where it is translated. */
export interface FloatingIpDetail extends FloatingIp, Described {
  readonly ipAddress: string | null
  /** The host of its router, or of its port where that router is distributed. null: nowhere. */
  readonly hostId: string | null
}

/** What a gateway cluster must know of VMs, and what each member had of it when it was last read. */
export interface GatewayRecords {
  /** Of this design. */
  readonly cloudId: string
  readonly members: readonly {
    readonly hostId: string
    readonly name: string
    /** null: never read. */
    readonly observedAt: string | null
    /** What it still translates, and should not. */
    readonly leftovers: readonly Leftover[]
  }[]
  /** By address, those of other clouds among them. */
  readonly records: readonly (GatewayRecord & { readonly isImported: boolean; readonly states: readonly MemberState[] })[]
  /** Of VMs that leave by the address of a member (SNAT); `address` is by which it knows them inside. */
  readonly withoutFloatingIp: readonly (Translated & { readonly states: readonly MemberState[] })[]
}

export interface MemberState {
  readonly hostId: string
  readonly state: RecordState
}

/** A nested uplink with what the design chose for it. */
export interface NestedUplinkDetail extends NestedUplink, Described {
  readonly hostId: string
  /** The host that its VM is; null until it is registered as one. */
  readonly innerHostId: string | null
  readonly devices: {
    readonly tap: string
    readonly bridge: string
    readonly qvb: string
    readonly qvo: string
    /** null where the design has no mapping any more. */
    readonly providerBridge: string | null
  }
}

/** What became of the commands of one subport in its guest. */
export interface GuestRun {
  readonly portId: string
  readonly device: string
  readonly isOk: boolean
  /** In their order; after one that failed none is run. */
  readonly commands: readonly GuestCommandRun[]
}

export interface GuestCommandRun {
  /** As it is shown to be copied. */
  readonly text: string
  /** `there`: not run, because what it makes was there already. */
  readonly status: 'done' | 'there' | 'failed' | 'not-run'
  readonly output: string
}

/** Whether commands can be run in the guest of a trunk. */
export interface GuestAgentState {
  readonly isAnswering: boolean
  /** Why not, and what to do; null when it answers. */
  readonly reason: string | null
}

export interface TopologySnapshot {
  readonly topology: Topology
  readonly changes: readonly ObjectChange[]
  /** Last applied revision the changes are counted from; 0 before the first. */
  readonly revision: number
}

export interface PendingChanges {
  readonly revision: number
  readonly changes: readonly ObjectChange[]
}

/** `opened`: anything may have changed, since nobody listened or another process did it. `revision`: one was recorded. */
export type TickReason = 'opened' | 'design' | 'revision' | 'run' | 'observation' | 'verification' | 'operation'

/** Something changed since the tick before: what happened within a moment is told together. */
export interface TopologyTick {
  /** Each of them once. */
  readonly reasons: readonly TickReason[]
  /** By edits of the design. */
  readonly touched: Touched
  /** Nothing behind it is told yet; what is published before the tick is sent may be counted already. */
  readonly news: NewsMark
}

/** Found in `error.data.app` by the client. */
export interface ApiErrorData {
  readonly code: AppErrorCode
  readonly message: string
  readonly isRetryable: boolean
  readonly field: string | null
  readonly rule: string | null
  readonly objects: readonly string[]
  readonly host: string | null
  /** With host_key_unknown and host_key_changed: what the host showed. */
  readonly fingerprint: string | null
  /** Every rule the input breaks, first one repeated above. */
  readonly issues: readonly ApiIssue[]
  /** With command_failed and command_timed_out. */
  readonly command: ApiCommandFailure | null
  /** Names the logged chain when the error itself is not shown. */
  readonly reference: string | null
}

/** What an error has beside its code and its sentence. */
export const emptyErrorData = {
  isRetryable: false,
  field: null,
  rule: null,
  objects: [],
  host: null,
  fingerprint: null,
  issues: [],
  command: null,
  reference: null,
} satisfies Partial<ApiErrorData>

export interface ApiIssue {
  readonly field: string | null
  readonly rule: string
  readonly message: string
}

export interface ApiCommandFailure {
  readonly argv: readonly string[]
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  readonly durationMs: number
}
