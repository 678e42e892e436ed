// What the lab tells its users (console, tests, scenarios). Plain data: it is printed as JSON by `lab -- status --json`.

export type HostRole = 'network' | 'compute' | 'gateway'

interface LabSsh {
  readonly address: '127.0.0.1'
  readonly port: number
  /** `root`, or an ordinary user who may `sudo -n`. */
  readonly user: string
  /** On the machine that runs the lab; the same key opens every host of one lab. */
  readonly privateKeyPath: string
  /** As OpenSSH prints it: `SHA256:…`. New with every `up` after a `down`. */
  readonly hostKeyFingerprint: string
}

interface PhysicalNic {
  readonly physicalNetwork: string
  readonly nic: string
}

export interface LabHost {
  readonly name: string
  /** A set of namespaces on this machine's kernel, or an emulated machine with Debian's kernel (all of its modules). */
  readonly kind: 'namespace' | 'vm'
  readonly ready: boolean
  /** One sentence each; empty exactly when `ready`. */
  readonly problems: readonly string[]
  readonly ssh: LabSsh
  readonly roles: readonly HostRole[]
  /** The address the console should give the tunnel endpoint. The bare host does not have it yet. */
  readonly tunnelAddress: string
  readonly tunnelPrefix: number
  readonly tunnelNic: string
  /** The router towards other tunnel networks; null where there is only one. It takes routes by BGP. */
  readonly tunnelGateway: string | null
  readonly physicalNics: readonly PhysicalNic[]
  /** A NIC on a wire of its own, with no part in the design: for tests of things the console must leave alone. */
  readonly spareNic: string
  /** Paths as seen from inside the host. */
  readonly guestKernel: string
  readonly guestInitrd: string
}

export interface LabOutside {
  readonly name: string
  readonly ready: boolean
  readonly problems: readonly string[]
  readonly nic: string
  /** With prefix length. The first is the source address of what it sends to the physical network. */
  readonly addresses: readonly string[]
  /** The one of `addresses` that routers behind the physical network use as next hop. */
  readonly gateway: string
}

/** The router between the tunnel networks and the world outside. It speaks BGP, with BFD, to whoever is in its networks. */
export interface LabFabric {
  readonly name: string
  readonly ready: boolean
  readonly problems: readonly string[]
  readonly as: number
  /** With prefix length. */
  readonly addresses: readonly string[]
}

interface LabSegment {
  readonly network: string
  readonly bridge: string
  readonly ports: readonly string[]
}

export interface LabWire {
  readonly name: string
  readonly ready: boolean
  readonly problems: readonly string[]
  readonly segments: readonly LabSegment[]
}

export interface LabStatus {
  readonly name: string
  /** Every host, the wire, the outside client and the fabric router are ready. */
  readonly up: boolean
  /** Empty when no lab of this name was started. VM hosts and gateways are among them once `up` was asked for them. */
  readonly hosts: readonly LabHost[]
  readonly outside: LabOutside
  readonly wire: LabWire
  /** Null in a lab without gateways. */
  readonly fabric: LabFabric | null
}

interface LabProgress {
  /** A host, `wire`, `outside`, `guest image`, or the lab's own name. */
  readonly node: string
  readonly step: string
}

export type OnProgress = (progress: LabProgress) => void

export interface CommandOutcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}
