// What must be installed on the machine before a lab can run. Data only: `npm start` and `npm test` read it to install
// what is missing. None of these needs to run as a service of the machine; every host of the lab starts its own.

import { existsSync } from 'node:fs'

export interface PackageNeed {
  readonly package: string
  readonly why: string
  /** A file that exists exactly when the package is installed. Looking is cheaper than asking the package manager. */
  readonly probe: string
}

export const packages: readonly PackageNeed[] = [
  { package: 'openvswitch-switch', why: 'the switch inside every host', probe: '/usr/sbin/ovs-vswitchd' },
  { package: 'libvirt-daemon-system', why: 'defines and starts the guests of a host', probe: '/etc/libvirt/qemu.conf' },
  { package: 'libvirt-clients', why: 'virsh', probe: '/usr/bin/virsh' },
  { package: 'qemu-system-x86', why: 'runs the guests', probe: '/usr/bin/qemu-system-x86_64' },
  { package: 'qemu-guest-agent', why: 'its binary goes into the guest image', probe: '/usr/sbin/qemu-ga' },
  { package: 'busybox-static', why: 'the userland of the guest image', probe: '/bin/busybox' },
  { package: 'openssh-server', why: 'the way into a host', probe: '/usr/sbin/sshd' },
  { package: 'openssh-client', why: 'makes the keys', probe: '/usr/bin/ssh-keygen' },
  { package: 'ipsvd', why: 'tcpsvd, the loopback listener that starts one sshd per connection', probe: '/usr/bin/tcpsvd' },
  { package: 'sudo', why: 'one host is entered by an ordinary user', probe: '/usr/bin/sudo' },
  { package: 'iproute2', why: 'ip, bridge and tc', probe: '/usr/sbin/bridge' },
  { package: 'procps', why: 'sysctl', probe: '/usr/sbin/sysctl' },
  { package: 'ethtool', why: 'switches transmit checksum offload off', probe: '/usr/sbin/ethtool' },
  { package: 'iptables', why: 'security groups, NAT and the CHECKSUM rule for DHCP', probe: '/usr/sbin/iptables-restore' },
  { package: 'nftables', why: 'filters that others made without iptables', probe: '/usr/sbin/nft' },
  { package: 'ipset', why: 'address groups in security groups', probe: '/usr/sbin/ipset' },
  { package: 'conntrack', why: 'forgets the connections of ports that are gone', probe: '/usr/sbin/conntrack' },
  { package: 'dnsmasq-base', why: 'DHCP servers that the console starts', probe: '/usr/sbin/dnsmasq' },
  { package: 'bird2', why: 'routing on gateways and in the fabric: BGP with BFD', probe: '/usr/sbin/bird' },
  { package: 'tcpdump', why: 'captures', probe: '/usr/bin/tcpdump' },
  { package: 'iputils-ping', why: 'probes with a size and the DF bit, on hosts and in guests', probe: '/usr/bin/ping' },
  { package: 'iputils-arping', why: 'tells where the addresses of routers and floating IPs are', probe: '/usr/bin/arping' },
  { package: 'netcat-openbsd', why: 'speaks UDP, outside and in guests', probe: '/usr/bin/nc.openbsd' },
  { package: 'kmod', why: 'lists the drivers in the image of a VM host, and loads them there', probe: '/usr/sbin/depmod' },
  { package: 'e2fsprogs', why: 'makes the disks of VM hosts', probe: '/usr/sbin/mke2fs' },
  { package: 'systemd', why: 'the first process of a VM host; on the machine itself it need not run', probe: '/usr/lib/systemd/systemd' },
  { package: 'util-linux', why: 'unshare and nsenter', probe: '/usr/bin/nsenter' },
]

/** The guest's kernel. Downloaded and unpacked into the cache, never installed: the machine's /boot is not ours. */
export const guestKernelPackage = 'linux-image-cloud-amd64'

export function missingPackages(exists: (path: string) => boolean = existsSync): readonly PackageNeed[] {
  return packages.filter((need) => !exists(need.probe))
}
