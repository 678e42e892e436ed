// What one read of a host brought home: the state, facts about the host itself, and everything not understood, verbatim.

import type { HostState } from './host-state'
import type { UnparsedReason } from './unparsed-params'

export interface HostObservation {
  readonly hostId: string
  /** ISO 8601, the console's clock. */
  readonly observedAt: string
  readonly durationMs: number
  readonly state: HostState
  readonly facts: HostFacts
  /** Text that no parser understood, the only text of a reading that is kept. Never empty silently: the console shows it. */
  readonly unparsed: readonly Unparsed[]
  /**
   * What of ours the last reading that knew it had, in parts which this one does not know: it may be there still. Absent when every part
   * was read.
   */
  readonly unseen?: HostState
}

export interface Unparsed {
  readonly section: string
  readonly text: string
  readonly reason: UnparsedReason
  /** Names of the one thing that the text is about, when it certainly has no mark of ours: nothing else is missing. Empty: they are not told. */
  readonly foreign?: readonly string[]
}

export interface HostFacts {
  readonly hostname: string
  readonly kernel: string
  /** null: not installed or not running. */
  readonly ovsVersion: string | null
  readonly ovsDatapathTypes: readonly string[]
  /** The openvswitch module is loaded or could be; decides `system` or `netdev`. */
  readonly hasKernelDatapath: boolean
  readonly libvirtVersion: string | null
  /** Libvirt is installed and has no socket: there is nobody to ask for VMs. Absent: it was asked, or is not installed. */
  readonly isLibvirtStopped?: boolean
  /** UUIDs of VMs that run as processes, told where libvirt does not tell them. */
  readonly runningGuests?: readonly string[]
  /** The kernel speaks IPv6 (`ipv6.disable=1` takes it away). Absent in readings from before it was asked. */
  readonly hasIpv6?: boolean
  /** Whether guests may run on the processor's virtualisation, and what is missing if not. */
  readonly kvm: KvmState
  /** Program → is it there. */
  readonly tools: Readonly<Record<string, boolean>>
  /** A process named neutron-…-agent runs here: one writer per host. */
  readonly neutronAgents: readonly string[]
  /** Local address of the SSH session, and the device that carries it: never taken away. */
  readonly sshLink: string | null
}

/** In the order they are asked: no /dev/kvm; it cannot be opened; the processor has neither vmx nor svm; libvirt runs no KVM guest; usable. */
export const KVM_STATES = ['no-device', 'no-access', 'no-processor', 'no-libvirt', 'usable'] as const
export type KvmState = (typeof KVM_STATES)[number]
