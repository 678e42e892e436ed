// Who is shown a page, and what the page may do there.

import { NextRequest } from 'next/server'
import { expect, it } from 'vitest'
import { proxy } from '../../proxy'

const consoleUrl = 'http://127.0.0.1:3000'
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  proxy(new NextRequest(`${consoleUrl}${path}`, { headers, method }))
const link = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

it.each([
  ['a program', {}],
  ['an address typed in', { ...link, 'sec-fetch-site': 'none' }],
  ['a page of its own', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
  ['a link in a ticket', { ...link, 'sec-fetch-site': 'cross-site' }],
  ['a tunnel', { host: 'localhost:8443' }],
])('shows pages to %s', (_, headers) => {
  expect(ask('/topology', headers).status).toBe(200)
})

it.each([
  ['a frame on another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
  ['a frame of another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
  ['a script of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' }],
  ['a name resolved anew to loopback', { ...link, host: 'evil.example', 'sec-fetch-site': 'none' }],
])('shows none to %s', async (_, headers) => {
  const answer = ask('/topology', headers)
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('The console refused this request.')])
})

it('takes nothing that is sent to a page', () => {
  expect(ask('/', { 'content-type': 'application/json' }, 'POST').status).toBe(403)
})

it('an address that is no UTF-8 is nobody’s fault', () => {
  expect(ask('/api/captures/%E0%A4%A').status).toBe(404)
})

it('a page runs the scripts of this answer only, and stands in no frame', () => {
  const policyOf = () => ask('/').headers.get('content-security-policy') ?? ''
  const [first, second] = [policyOf(), policyOf()]
  expect(first).not.toBe(second)
  expect(first).toMatch(/script-src 'self' 'nonce-[0-9a-f-]{36}' 'strict-dynamic';/)
  expect(first).toContain("frame-ancestors 'none'")
  expect(first).not.toContain('unsafe-eval')
})
