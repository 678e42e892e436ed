import { expect, it } from 'vitest'

import { routes } from './routes'

it('builds every path of the console', () => {
  const built = {
    overview: routes.overview(),
    topology: routes.topology(),
    topologySelected: routes.topology({ selected: 'n1' }),
    networks: routes.networks(),
    networksView: routes.networks({ tab: 'ports', selected: 'p1', filter: '10.0.0.' }),
    networksCreate: routes.networks({ create: 'vm' }),
    trunks: routes.trunks(),
    trunksCreate: routes.trunks({ isCreating: true, parent: 'p1' }),
    trunk: routes.trunk('t1', { tab: 'guest', selected: 'p1' }),
    hosts: routes.hosts(),
    hostsRegister: routes.hosts({ isRegistering: true }),
    hostsRegisterVm: routes.hosts({ isRegistering: true, vm: 'v1' }),
    host: routes.host('h1'),
    hostAccess: routes.host('h1', { tab: 'settings', form: 'access' }),
    hostInside: routes.host('h1', { tab: 'inside', selected: 'link:qdhcp-1/tap1' }),
    path: routes.path(),
    pathHop: routes.path({ from: 'p1', to: 'p2', hop: 'cmp1/qvo/qvo1/a' }),
    changes: routes.changes({ tab: 'commands' }),
    runs: routes.runs(),
    run: routes.run('r1'),
    runStep: routes.run('r1', { step: 'cmp1/3' }),
    verifications: routes.verifications(),
    verification: routes.verification('v1', { hop: 'a/b' }),
    settings: routes.settings(),
    capture: routes.capture('c1'),
  }
  expect(built).toMatchInlineSnapshot(`
    {
      "capture": "/api/captures/c1",
      "changes": "/changes?tab=commands",
      "host": "/hosts/h1",
      "hostAccess": "/hosts/h1?tab=settings&form=access",
      "hostInside": "/hosts/h1?tab=inside&sel=link%3Aqdhcp-1%2Ftap1",
      "hosts": "/hosts",
      "hostsRegister": "/hosts?new=host",
      "hostsRegisterVm": "/hosts?new=host&vm=v1",
      "networks": "/networks",
      "networksCreate": "/networks?new=vm",
      "networksView": "/networks?tab=ports&sel=p1&q=10.0.0.",
      "overview": "/",
      "path": "/path",
      "pathHop": "/path?from=p1&to=p2&hop=cmp1%2Fqvo%2Fqvo1%2Fa",
      "run": "/runs/r1",
      "runStep": "/runs/r1?step=cmp1%2F3",
      "runs": "/runs",
      "settings": "/settings",
      "topology": "/topology",
      "topologySelected": "/topology?sel=n1",
      "trunk": "/trunks/t1?tab=guest&sel=p1",
      "trunks": "/trunks",
      "trunksCreate": "/trunks?new=trunk&parent=p1",
      "verification": "/verifications/v1?hop=a%2Fb",
      "verifications": "/verifications",
    }
  `)
})
