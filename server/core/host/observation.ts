// What one read of a host brought home: the state, facts about the host itself, and everything not understood, verbatim.

import type { HostState } from './host-state'

export interface HostObservation {
  readonly hostId: string
  /** ISO 8601, the console's clock. */
  readonly observedAt: string
  readonly durationMs: number
  readonly state: HostState
  readonly facts: HostFacts
  /** Text that no parser understood. Never empty silently: the console shows it. */
  readonly unparsed: readonly Unparsed[]
  /** Raw text per section of the read script. */
  readonly raw: Readonly<Record<string, string>>
}

export interface Unparsed {
  readonly section: string
  readonly text: string
  readonly reason: string
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
