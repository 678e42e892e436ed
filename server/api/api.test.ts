import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTempApi, type TempApi } from './testing/temp-api'

let temp: TempApi
beforeAll(async () => {
  temp = await openTempApi()
})
afterAll(() => temp.remove())

describe('smoke', () => {
  it('works', async () => {
    const { api } = temp
    const t0 = Date.now()
    const project = await api.projects.create({ name: 'demo' })
    const t1 = Date.now()
    for (let i = 0; i < 200; i += 1) await api.projects.create({ name: `p${i}` })
    const w=Date.now(); for (let i=0;i<20;i+=1) await api.projects.list(); console.log('list', (Date.now()-w)/20, t1 - t0, (Date.now() - t1) / 200, 'fds', (await import('node:fs')).readdirSync('/proc/self/fd').length)
    expect(project.id).toBeTruthy()
  }, 60000)
})
