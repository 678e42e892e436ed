// IPv4 as text and number.

import { expect, it } from 'vitest'
import { ipv4, ipv4Text, isInPrefix, parsePrefix } from './address'

it.each([
  ['0.0.0.0', 0],
  ['255.255.255.255', 0xffffffff],
  ['10.0.1.11', 0x0a00010b],
  ['010.0.0.1', 0x0a000001],
  ['10.0.1', null],
  ['10.0.1.', null],
  ['.10.0.1', null],
  ['10..0.1', null],
  ['10.0.1.2.3', null],
  ['10.0.1.256', null],
  ['10.0.1.0001', null],
  ['10.0.1.1 ', null],
  ['10.0.1.1/24', null],
  ['fe80::1', null],
  ['', null],
])('%s is %s', (text, value) => {
  expect(ipv4(text)).toBe(value)
  if (value !== null && !text.startsWith('01')) expect(ipv4Text(value)).toBe(text)
})

it.each([
  ['10.0.1.11', '10.0.1.0/24', true],
  ['10.0.2.11', '10.0.1.0/24', false],
  ['10.0.2.11', '0.0.0.0/0', true],
  ['10.0.1.11', '10.0.1.0/255.255.255.0', true],
  ['fe80::1', 'fe80::/10', true],
  ['fe80::1', '10.0.0.0/8', false],
  ['::3.0.0.0', '::300:0/128', true],
  ['::3.0.0.0', '::ffff:0:0/96', false],
  ['::ffff:3.0.0.0', '::ffff:3.0.0.0/128', true],
  ['::ffff:300:0', '::ffff:3.0.0.0/104', true],
  ['64:ff9b::10.0.0.1', '64:ff9b::/96', true],
])('%s in %s: %s', (address, prefix, isIn) => expect(isInPrefix(address, parsePrefix(prefix)!)).toBe(isIn))
