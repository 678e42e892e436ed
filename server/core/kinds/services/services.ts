// Services, ours by their directory: everything below it is ours.

import { compareFields } from '../../diff/compare-fields'
import { serviceKey, SERVICES_DIRECTORY, type Service } from '../../host/service'
import { parseServices } from '../../parse/services'
import type { Kind } from '../kind'
import { whereIn } from '../kind'
import { ownerText } from '../owner-text'
import { renderServiceStart, renderServiceStop } from './service-steps'

/** Pids are digits; their command lines are read in the same grep as the files, and none is started where there is no service. */
const READ = String.raw`
if [ -d ${SERVICES_DIRECTORY} ]; then
  lines=
  for path in ${SERVICES_DIRECTORY}/*/pid; do
    pid=
    read -r pid <"$path"
    case $pid in '' | *[!0-9]*) ;; *) lines="$lines /proc/$pid/cmdline /proc/$pid/stat" ;; esac
  done 2>/dev/null
  cd ${SERVICES_DIRECTORY} && grep -aHs '' */service */pid */etc/* $lines | tr '\000' '\037'
fi
end services 0
`

export const serviceKind: Kind<Service> = {
  heading: 'Services',
  noun: 'services',
  key: serviceKey,
  label: ({ name, netns }) => `service ${name}${whereIn(netns)}`,
  isOurs: () => true,
  compare: (desired, observed) => [
    ...compareFields([
      ['running', desired.isRunning, observed.isRunning],
      ['owner', ownerText(desired), ownerText(observed)],
      ['namespace', desired.netns, observed.netns],
      // One that is stopped has no arguments to compare; it is started with the right ones.
      ['arguments', observed.isRunning ? desired.argv.join(' ') : undefined, observed.argv.join(' ')],
    ]),
    // A file too many may be read as well (include "*.conf").
    ...compareFields(
      [...new Set([...Object.keys(desired.files), ...Object.keys(observed.files)])].map((name) => [
        `file ${name}`,
        desired.files[name] ?? null,
        observed.files[name],
      ]),
    ),
  ],
  isRemembered: true,
  sections: [{ name: 'services' }],
  // It is told by its files, wherever it runs.
  place: () => ({}),
  reading: { section: 'services', script: READ, parse: parseServices },
  steps: [
    {
      name: 'services.stop',
      after: ['domains.stop'],
      // A stop that fails ends the run before anything is made or taken away.
      before: ['namespaces.add', 'ovsPorts.unplug'],
      render: renderServiceStop,
      restore: 'never',
    },
    {
      name: 'services.start',
      // It speaks by devices that have their addresses, through filters that stand.
      after: ['links.inside', 'iptables.write'],
      before: ['links.remove'],
      render: renderServiceStart,
      restore: 'repeatable',
    },
  ],
  afterBoot: (services) => services.map((service) => ({ ...service, argv: [], isRunning: false })),
  // The directory is below that of the DHCP servers' probe.
  probes: [],
}
