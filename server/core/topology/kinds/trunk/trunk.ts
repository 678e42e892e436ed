// A trunk: one port of a VM that carries the frames of many, told apart by guest VLANs.

/** `inherit` is settled when a subport is added, so it is never stored. */
export interface SubPort {
  readonly portId: string
  readonly segmentationType: 'vlan'
  /** VLAN id in the guest; unrelated to the network's own id and to any local VLAN. */
  readonly segmentationId: number
}

export interface Trunk {
  readonly id: string
  readonly projectId: string
  readonly name: string
  /** The parent: the port of the VM's NIC. Its own frames are untagged. */
  readonly portId: string
  /** By segmentation id. */
  readonly subPorts: readonly SubPort[]
  /** Down keeps subports and the trunk itself from being changed; it does not stop traffic (Neutron). */
  readonly isAdminStateUp: boolean
  readonly revisionNumber: number
  readonly createdAt: string
  readonly updatedAt: string
}
