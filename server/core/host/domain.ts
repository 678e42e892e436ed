// Libvirt domains (VMs), from `virsh dumpxml`. Ours carry <tapline:owner xmlns:tapline="urn:tapline:owner:1"> in metadata.

import { isOwnPlug, type Owner } from '../naming'
import type { VmBoot } from '../topology/kinds/vm/vm'

export const DOMAIN_METADATA_URI = 'urn:tapline:owner:1'

/** What people call a VM: the title that the design gave it. */
export const titleOf = ({ title, name }: { readonly name: string; readonly title?: string | null }): string => title || name

export interface Domain {
  readonly uuid: string
  /** Libvirt's name: instance-<8 hex digits>, safe everywhere. */
  readonly name: string
  /** The VM's name as people wrote it. */
  readonly title?: string
  readonly owner: Owner | null
  /** It holds its memory and its taps; `state` says whether its processor runs. */
  readonly isRunning: boolean
  /** Libvirt's word and its reason (`virsh domstate --reason`), where it is on and its processor may not run; observed only. */
  readonly state?: DomainState
  readonly memoryMib: number
  readonly vcpus: number
  /** Libvirt's domain type: kvm, qemu, or what else somebody defined. */
  readonly virtType: string
  readonly boot: VmBoot | null
  readonly interfaces: readonly DomainInterface[]
  /** MAC addresses by the place of their NICs on the PCI bus, where that is not the order of `interfaces`; observed only. */
  readonly pciOrder?: readonly string[]
  /** Channel org.qemu.guest_agent.0 is there. */
  readonly hasGuestAgent: boolean
  /** PCI root ports that nothing is plugged into; observed only. Absent for a machine without any (it is not q35). */
  readonly freePciPorts?: number
}

export interface DomainState {
  /** paused, pmsuspended, in shutdown, … */
  readonly name: string
  /** user, I/O error, starting up, …; '' when libvirt gives none. */
  readonly reason: string
}

/** The state of a VM that is on and neither sends nor answers; null when it runs. */
export const suspensionOf = ({ state }: Pick<Domain, 'state'>): DomainState | null =>
  state !== undefined && SUSPENDED.has(state.name) ? state : null

const SUSPENDED: ReadonlySet<string> = new Set(['paused', 'pmsuspended', 'dying'])

/** It stays as it is until somebody lets it go on: libvirt is not at work on it, as it is while it saves, migrates or starts one. */
export const isHalted = ({ state }: Pick<Domain, 'state'>): boolean =>
  state?.name === 'pmsuspended' || (state?.name === 'paused' && LASTING.has(state.reason))

const LASTING: ReadonlySet<string> = new Set(['user', 'I/O error', 'watchdog'])

export interface DomainInterface {
  /** bridge, ethernet, network, … */
  readonly type: string
  /** Bridge it is plugged into (qbr…). */
  readonly source: string | null
  /** Host device (tap…); null while the domain is off and libvirt has chosen none. */
  readonly target: string | null
  readonly macAddress: string
  readonly mtu: number | null
  readonly model: string
  /** The VM is on and its tap is gone: it comes again only with the NIC. Told by who compares (diff/cut-off-nics.ts). */
  readonly isCutOff?: true
  /** Its cable is out (`virsh domif-setlink … down`); observed only. */
  readonly isLinkDown?: true
}

/** Of a VM of ours. Any other NIC was plugged in by somebody else and is theirs. */
export const isOwnNic = ({ type, source, target }: Pick<DomainInterface, 'type' | 'source' | 'target'>): boolean =>
  type === 'bridge' && isOwnPlug(source, target)

export const domainKey = (domain: Pick<Domain, 'uuid'>): string => domain.uuid
