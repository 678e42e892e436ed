// A host aggregate, Nova's: hosts with something in common. A VM may ask for one, and one may be kept for some projects.

export interface HostAggregate {
  readonly id: string
  readonly name: string
  /** A host may be in several. */
  readonly hostIds: readonly string[]
  /** Whose VMs may be on its hosts (Nova's filter_tenant_id); empty: everybody's. */
  readonly projectIds: readonly string[]
}
