import { afterAll, beforeAll, expect, it } from 'vitest'
import { createConductor } from '@/server/reconcile/create-conductor'
import { appRouter } from './router'
import { callFailing } from './testing/call-failing'
import { openTempApi, type TempApi } from './testing/temp-api'

let temp: TempApi
beforeAll(async () => {
  temp = await openTempApi()
})
afterAll(() => temp.remove())

it('a host whose access is lost is shown with the way to get it back, and is back after it', async () => {
  const conductor = createConductor(temp.ctx)
  const api = appRouter.createCaller({ ...temp.ctx, conductor })
  const { id } = await api.hosts.register({
    name: 'cmp1',
    address: '192.0.2.1',
    port: 22,
    user: 'root',
    auth: { kind: 'agent' },
    roles: ['compute'],
  })
  await temp.sql('DELETE FROM HostAccess')

  const health = { status: 'login_refused', said: expect.stringMatching(/^How cmp1 is entered .* under Settings → Access/) }
  expect(await api.hosts.list()).toMatchObject([{ host: { name: 'cmp1' }, access: { address: '' }, health }])
  expect(await api.hosts.get({ id })).toMatchObject({ access: { address: '', fingerprint: null }, health })
  expect(await callFailing(api.hosts.observe({ id }))).toMatchObject({ code: 'authentication_failed', message: health.said })
  expect(await callFailing(api.hosts.acceptKey({ id, fingerprint: `SHA256:${'a'.repeat(43)}` }))).toMatchObject({
    code: 'authentication_failed',
  })

  await api.hosts.update({ id, patch: { availabilityZone: 'rack-1' } })
  await api.hosts.update({ id, patch: { address: '192.0.2.2', port: 22, user: 'ops', auth: { kind: 'password', password: 'x' } } })
  expect(await api.hosts.get({ id })).toMatchObject({
    host: { availabilityZone: 'rack-1' },
    access: { address: '192.0.2.2', user: 'ops' },
    health: { status: 'unknown' },
  })
  await conductor.close()
})
