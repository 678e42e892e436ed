// A project: whose networks, VMs and trunks are shown together.

export interface Project {
  readonly id: string
  readonly name: string
}
