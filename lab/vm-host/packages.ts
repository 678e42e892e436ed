// Which Debian packages make the userland of a VM host: the ones named here and everything they depend on, as this
// machine has them installed. Pure: text of /var/lib/dpkg/status in, names and versions out.

/** What a host needs to be one: to be entered, to switch, to run guests, to be looked into. The lab installs all of them. */
export const hostPackages = [
  'openvswitch-switch',
  'libvirt-daemon-system',
  'libvirt-clients',
  'qemu-system-x86',
  'qemu-guest-agent',
  'openssh-server',
  'sudo',
  'iproute2',
  'procps',
  'ethtool',
  'iptables',
  'ipset',
  'conntrack',
  'dnsmasq-base',
  'tcpdump',
  'iputils-ping',
  'iputils-arping',
  'util-linux',
  'busybox-static',
  'kmod',
  'systemd',
] as const

/** Dependencies of helper scripts that no host of the lab runs; together they would double the image. */
const unneeded: ReadonlySet<string> = new Set(['python3', 'python3-openvswitch', 'perl', 'iso-codes', 'shared-mime-info'])

export interface InstalledPackage {
  readonly name: string
  readonly version: string
  readonly isEssential: boolean
  /** Names that another package may ask for to get this one. */
  readonly provides: readonly string[]
  /** Each need is a list of alternatives, the preferred one first. */
  readonly needs: readonly (readonly string[])[]
}

/** Paragraphs of `Field: value`, separated by empty lines; only packages that are installed completely. */
export function parseInstalled(status: string): readonly InstalledPackage[] {
  return status.split('\n\n').flatMap((paragraph) => {
    const fields = new Map([...paragraph.matchAll(/^([A-Za-z-]+): (.*)$/gm)].map(([, field = '', value = '']) => [field, value]))
    const name = fields.get('Package')
    if (name === undefined || fields.get('Status')?.endsWith(' installed') !== true) return []
    const needs = [fields.get('Pre-Depends'), fields.get('Depends')].flatMap((list) => parseRelations(list))
    return {
      name,
      version: fields.get('Version') ?? '',
      isEssential: fields.get('Essential') === 'yes',
      provides: parseRelations(fields.get('Provides')).flat(),
      needs,
    }
  })
}

/** `libc6 (>= 2.36), debconf (>= 0.5) | debconf-2.0, python3:any`. */
function parseRelations(list = ''): readonly (readonly string[])[] {
  return list
    .split(',')
    .map((need) =>
      need
        .split('|')
        .map((each) => /^[^\s:(]*/.exec(each.trim())?.[0] ?? '')
        .filter(Boolean),
    )
    .filter((need) => need.length > 0)
}

/** The named packages, the essential ones and all they need, sorted. A need that nobody meets is not ours to judge. */
export function closureOf(installed: readonly InstalledPackage[], roots: readonly string[]): readonly InstalledPackage[] {
  const byName = new Map(installed.map((each) => [each.name, each]))
  const providers = new Map(installed.flatMap((each) => each.provides.map((name) => [name, each] as const)))
  const find = (name: string): InstalledPackage | undefined => byName.get(name) ?? providers.get(name)
  const found = new Set<InstalledPackage>()
  const queue = [...roots, ...installed.filter((each) => each.isEssential).map((each) => each.name)].map(find)
  for (let next = queue.pop(); queue.length > 0 || next !== undefined; next = queue.pop()) {
    if (next === undefined || found.has(next) || unneeded.has(next.name)) continue
    found.add(next)
    queue.push(...next.needs.map((alternatives) => alternatives.map(find).find((each) => each !== undefined)))
  }
  return [...found].sort((one, other) => (one.name < other.name ? -1 : 1))
}
