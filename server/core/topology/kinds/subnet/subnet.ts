// A subnet: the addresses of a network, and who hands them out.

export interface AllocationPool {
  readonly start: string
  readonly end: string
}

export interface Subnet {
  readonly id: string
  readonly networkId: string
  readonly name: string
  readonly cidr: string
  readonly gatewayIp: string | null
  readonly isDhcpEnabled: boolean
  readonly dnsNameservers: readonly string[]
  readonly allocationPools: readonly AllocationPool[]
}
