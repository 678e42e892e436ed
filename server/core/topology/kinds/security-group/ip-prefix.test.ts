import { describe, expect, it } from 'vitest'
import { parsePrefix } from './ip-prefix'

describe('a prefix', () => {
  it.each([
    ['10.0.0.0/8', 'IPv4', '10.0.0.0/8', '10.0.0.0/8', false],
    ['0.0.0.0/0', 'IPv4', '0.0.0.0/0', '0.0.0.0/0', false],
    ['10.0.0.5', 'IPv4', '10.0.0.5/32', '10.0.0.5/32', true],
    ['10.0.0.5/24', 'IPv4', '10.0.0.5/24', '10.0.0.0/24', false],
    ['255.255.255.255/1', 'IPv4', '255.255.255.255/1', '128.0.0.0/1', false],
    ['::/0', 'IPv6', '::/0', '::/0', false],
    ['::1', 'IPv6', '::1/128', '::1/128', true],
    ['2001:DB8:0:0:0:0:0:0/32', 'IPv6', '2001:db8::/32', '2001:db8::/32', false],
    ['2001:db8::5/64', 'IPv6', '2001:db8::5/64', '2001:db8::/64', false],
    ['2001:db8:0:12ff::/57', 'IPv6', '2001:db8:0:12ff::/57', '2001:db8:0:1280::/57', false],
    ['2001:0db8:0000:0001:0000:0000:0000:0001', 'IPv6', '2001:db8:0:1::1/128', '2001:db8:0:1::1/128', true],
    ['fe80::/10', 'IPv6', 'fe80::/10', 'fe80::/10', false],
  ])('%s is of %s, written %s, and %s without host bits', (text, etherType, written, network, isAddress) =>
    expect(parsePrefix(text)).toEqual({ etherType, text: written, network, isAddress }),
  )

  it.each([
    '',
    '/',
    '/8',
    'web',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/08',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0.0 /8',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '0x0a.0.0.1',
    '10.0.0.0/255.0.0.0',
    '::/129',
    '1::2::3',
    '12345::',
    'fe80::1%eth0',
    '::ffff:10.0.0.1',
    '::ffff:a00:1',
    '::ffff:0:0/96',
    '::a00:1',
  ])('%j is none', (text) => expect(parsePrefix(text)).toBeNull())
})
