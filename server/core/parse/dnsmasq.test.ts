import { describe, expect, it } from 'vitest'
import { parseDnsmasqListing, parseLeases } from './dnsmasq'
import { ARGUMENT_END } from './process-line'

const NETWORK = '0b5e0b0e-1111-4222-8333-444444444444'
const DIRECTORY = `/var/lib/tapline/dhcp/${NETWORK}`
const cmdline = (...argv: string[]) => argv.map((argument) => argument + ARGUMENT_END).join('')
const listing = (...lines: string[]) => parseDnsmasqListing(lines.join('\n'))

describe('dnsmasq', () => {
  it('runs when its pid names its own pid file', () => {
    const argv = ['dnsmasq', `--pid-file=${DIRECTORY}/pid`, '', '--conf-file=/dev/null']
    expect(
      listing(`${NETWORK}/host:a:b,10.0.0.5`, `${NETWORK}/host:c:d,10.0.0.6`, `${NETWORK}/pid:42`, `/proc/42/cmdline:${cmdline(...argv)}`),
    ).toEqual({
      value: [
        {
          networkId: NETWORK,
          netns: `qdhcp-${NETWORK}`,
          directory: DIRECTORY,
          argv,
          files: { host: 'a:b,10.0.0.5\nc:d,10.0.0.6\n', addn_hosts: '', opts: '' },
          isRunning: true,
          pid: 42,
          leases: [],
        },
      ],
      unparsed: [],
    })
  })

  it('runs while no signal has stopped it, whatever its name', () => {
    const lines = [`/proc/42/cmdline:${cmdline('dnsmasq', `--pid-file=${DIRECTORY}/pid`)}`, '/proc/42/stat:42 (a) T b) S 1 42 42 0']
    expect(listing(`${NETWORK}/pid:42`, ...lines)).toMatchObject({ value: [{ isRunning: true }], unparsed: [] })
  })

  it.each([
    ['no process', []],
    [
      'stopped by a signal',
      [`/proc/42/cmdline:${cmdline('dnsmasq', `--pid-file=${DIRECTORY}/pid`)}`, '/proc/42/stat:42 (dns) T) T 1 42 42 0'],
    ],
    ['a reused pid', [`/proc/42/cmdline:${cmdline('sshd', '-D')}`]],
    ['the dnsmasq of another network', [`/proc/42/cmdline:${cmdline('dnsmasq', '--pid-file=/var/lib/tapline/dhcp/other/pid')}`]],
  ])('does not run: %s', (_, lines) => {
    expect(listing(`${NETWORK}/pid:42`, ...lines).value).toMatchObject([{ isRunning: false, argv: [] }])
  })

  it.each(['../../etc/shadow:x', `${NETWORK}/evil:x`, 'nothing'])('%s is Unparsed', (line) => {
    expect(listing(line)).toMatchObject({ value: [], unparsed: [{ text: line }] })
  })

  it('leases', () => {
    expect(
      parseLeases('1790000000 fa:16:3e:5e:1a:6f 10.0.1.11 host-10-0-1-11 01:fa:16\nduid 00:01\n0 fa:16:3e:5e:1a:70 10.0.1.12 *\nbad'),
    ).toMatchObject({
      value: [
        {
          expiresAt: 1790000000,
          macAddress: 'fa:16:3e:5e:1a:6f',
          ipAddress: '10.0.1.11',
          hostname: 'host-10-0-1-11',
          clientId: '01:fa:16',
        },
        { expiresAt: 0, ipAddress: '10.0.1.12', hostname: '*', clientId: '*' },
      ],
      unparsed: [{ text: 'bad', reason: { code: 'not-a', params: { what: 'lease' } } }],
    })
  })
})
