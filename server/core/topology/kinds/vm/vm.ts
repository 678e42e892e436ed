// A VM, and what it boots.

/** How QEMU runs a guest: `kvm` on the processor's virtualisation, `qemu` by emulating the processor (nova: [libvirt] virt_type). */
export type VirtType = 'kvm' | 'qemu'

/** A disk beside kernel and initrd; read-only, it may serve several VMs. */
export interface VmDisk {
  readonly path: string
  readonly format: 'qcow2' | 'raw'
  readonly isReadOnly: boolean
}

export type VmBoot =
  | { readonly kind: 'kernel'; readonly kernel: string; readonly initrd: string; readonly cmdline: string; readonly disk?: VmDisk }
  | { readonly kind: 'disk'; readonly path: string; readonly format: 'qcow2' | 'raw' }

export interface Vm {
  readonly id: string
  readonly projectId: string
  readonly name: string
  readonly hostId: string
  /** Where it may be; absent: in any. */
  readonly availabilityZone?: string
  readonly hostAggregateId?: string
  readonly memoryMib: number
  readonly vcpus: number
  /** Settled when the VM is made or comes to another host, so that no later reading of the host defines it anew. */
  readonly virtType: VirtType
  readonly boot: VmBoot
  /** NIC order in the guest: eth0, eth1, … */
  readonly portIds: readonly string[]
  /** Those of them that were there before the VM: they stay when it goes. Absent when there is none. */
  readonly keptPortIds?: readonly string[]
}
