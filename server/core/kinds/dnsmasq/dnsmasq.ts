// DHCP servers, ours by their directory: everything below it is ours.

import { compareFields } from '../../diff/compare-fields'
import { dnsmasqKey, type DnsmasqInstance } from '../../host/dnsmasq'
import { parseDnsmasqListing } from '../../parse/dnsmasq'
import { renderDnsmasqStart, renderDnsmasqStop } from './server-steps'
import type { Kind } from '../kind'
import { processesOf } from '../probe-processes'

/** Pids are digits; their command lines are read in the same grep as the files. */
const READ = String.raw`
lines=
for path in /var/lib/tapline/dhcp/*/pid; do
  pid=
  read -r pid <"$path"
  case $pid in '' | *[!0-9]*) ;; *) lines="$lines /proc/$pid/cmdline /proc/$pid/stat" ;; esac
done 2>/dev/null
if [ -d /var/lib/tapline/dhcp ]; then
  cd /var/lib/tapline/dhcp && grep -aHs '' */host */addn_hosts */opts */leases */pid $lines | tr '\000' '\037'
fi
end dnsmasq 0
`

export const dnsmasqKind: Kind<DnsmasqInstance> = {
  heading: 'DHCP servers',
  noun: 'DHCP servers',
  key: dnsmasqKey,
  label: (instance) => `dnsmasq in ${instance.netns}`,
  isOurs: () => true,
  compare: (desired, observed) => [
    ...compareFields([
      ['running', desired.isRunning, observed.isRunning],
      // A stopped instance has no arguments to compare; it is started with the right ones.
      ['arguments', observed.isRunning ? desired.argv.join(' ') : undefined, observed.argv.join(' ')],
    ]),
    ...compareFields(Object.entries(desired.files).map(([name, text]) => [`file ${name}`, text, observed.files[name] ?? ''])),
  ],
  isRemembered: true,
  sections: [{ name: 'dnsmasq' }],
  // A server is told by its files, wherever it runs.
  place: () => ({}),
  reading: { section: 'dnsmasq', script: READ, parse: parseDnsmasqListing },
  steps: [
    {
      name: 'dnsmasq.stop',
      // A guest that is still on may ask it for a new lease.
      after: ['domains.stop'],
      render: renderDnsmasqStop,
      restore: 'never',
    },
    {
      name: 'dnsmasq.start',
      // It listens on a device that is there and has its address; its replies need the checksums that iptables fills in.
      after: ['links.inside', 'iptables.write'],
      render: renderDnsmasqStart,
      restore: 'repeatable',
    },
  ],
  afterBoot: (instances) => instances.map((instance) => ({ ...instance, argv: [], isRunning: false })),
  probes: [
    ['file', 'find /var/lib/tapline -mindepth 1'],
    ['process', processesOf('dnsmasq', '-x')],
  ],
}
