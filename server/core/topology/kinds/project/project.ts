// A project: whose networks, routers, floating IPs, VMs, trunks and security groups are shown together.

export interface Project {
  readonly id: string
  readonly name: string
}
