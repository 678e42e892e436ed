import { expect, it } from 'vitest'

import type { HostDetail } from '@/server/core/api-types'

import { insideSpecimen } from './inside/specimen'
import { nicOptions } from './nic-options'

const facts = { sshLink: 'ens3' } as HostDetail['facts']

it.each<[string, boolean, HostDetail['facts'], [string, string | null][]]>([
  [
    'for a tunnel, one with an address may be taken, and never the one of our SSH',
    false,
    facts,
    [
      ['ens3, up, 192.0.2.10/24, carries our SSH', 'carries our SSH'],
      ['ens37, up, 192.168.150.10/24', null],
      ['ens38, down', null],
    ],
  ],
  [
    'for a provider bridge, only one that is bare',
    true,
    facts,
    [
      ['ens3, up, 192.0.2.10/24, carries our SSH', 'carries our SSH'],
      ['ens37, up, 192.168.150.10/24, has an address', 'has an address'],
      ['ens38, down', null],
    ],
  ],
  [
    'where nobody knows which carries SSH, by addresses alone',
    true,
    null,
    [
      ['ens3, up, 192.0.2.10/24, has an address', 'has an address'],
      ['ens37, up, 192.168.150.10/24, has an address', 'has an address'],
      ['ens38, down', null],
    ],
  ],
])('NICs %s', (_, needsBare, known, options) =>
  expect(nicOptions(insideSpecimen, known, needsBare).map(({ label, refusal }) => [label, refusal])).toEqual(options),
)

it('knows none before a host was read', () => expect(nicOptions(undefined, null, false)).toEqual([]))
